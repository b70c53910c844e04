/** What a command may do to the world besides its work: say something, or complain. */
export interface Terminal {
  /** One or more lines of the answer, on stdout. */
  out(text: string): void;
  /** Progress, hints and complaints, on stderr. */
  err(text: string): void;
}

/** Options every command takes, before or after its own. */
export interface GlobalOptions {
  readonly json?: true;
  readonly as?: string;
  readonly post?: string;
  readonly key?: string;
}
