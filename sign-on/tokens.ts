/** Random words that only their holder knows, and what the database keeps of them. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text that fits a cookie and an address. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** SHA-256 of a token: enough, because a token cannot be guessed; a password is kept by argon2id instead. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');
