import express from 'express';
import { createServer } from 'vite';

const app = express();
const port = Number(process.env.PORT ?? 5173);

app.get('/api/hello', (_request, response) => {
  response.json({ hello: 'world' });
});

const vite = await createServer({ server: { middlewareMode: true } });
app.use(vite.middlewares);

app.listen(port);
