/** How a case's driver is reached. The worker signals with start through Temporal; tests count. */
export interface Driven {
  readonly caseId: string;
  readonly kind: string;
  readonly unit: string | null;
}

export interface Drivers {
  /** Starts the driver of the case, or tells the running one that something changed. Safe to repeat. */
  wake(driven: Driven): Promise<void>;
}
