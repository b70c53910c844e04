/** Fields that commands of several kinds ask for. */
import { z } from 'zod';
import { Day, Digest, words } from './fields.ts';

/** A file uploaded before, and the day it was taken. */
export const EvidenceField = z
  .strictObject({ digest: Digest, takenOn: Day })
  .meta({ id: 'EvidenceRef', description: '已上传的证据:SHA-256 与拍摄日期' });

/** Findings and evidence of one command. */
export const MOST_EVIDENCE = 50;

export const evidenceList = z.array(EvidenceField).max(MOST_EVIDENCE);

/** 理由, kept in the erasable table. */
export const reason = words(1_000).meta({ description: '理由' });

/** 文号. */
export const documentNumber = words(100).meta({ description: '文号', example: '余食安办〔2026〕12 号' });
