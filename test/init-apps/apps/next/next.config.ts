import { join } from 'node:path';
import type { NextConfig } from 'next';

// The packages are two folders above.
const config: NextConfig = { turbopack: { root: join(import.meta.dirname, '../..') } };

export default config;
