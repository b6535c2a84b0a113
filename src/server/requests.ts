import type { Role } from '../core/meeting.ts';

/** Bodies as their schemas let them through; times and durations are still text. */
export interface CreateRequest {
  readonly strategy?: string;
  readonly id?: string;
  readonly prefix?: string;
  readonly bucket?: string;
  readonly zone?: string;
  readonly title?: string;
  readonly startsAt?: string;
  readonly expiresAt?: string;
  readonly expiresIn?: string;
  readonly allow?: readonly string[];
  readonly public?: boolean;
  readonly hosts?: readonly string[];
  readonly hours?: string | null;
  readonly broadcast?: boolean;
  readonly reopen?: boolean;
}

export interface PatchRequest {
  readonly title?: string;
  readonly startsAt?: string | null;
  readonly expiresAt?: string;
  readonly extendBy?: string;
  readonly allow?: readonly string[] | null;
  readonly public?: boolean;
  readonly hosts?: readonly string[];
  readonly hours?: string | null;
  readonly zone?: string;
  readonly broadcast?: boolean;
}

export interface InviteRequest {
  readonly uid: string;
  readonly name?: string;
  readonly role?: Role;
  readonly expiresIn?: string;
  readonly readmit?: boolean;
}

export interface RemovalRequest {
  readonly uid: string;
}

export interface RotateRequest {
  readonly grace?: string;
  readonly putOut?: boolean;
}
