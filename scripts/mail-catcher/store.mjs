/** Where caught mails are kept: one raw file a mail, so that they survive a restart. */
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser } from 'mailparser';

/** @typedef {{ id: string; at: Date; from: string; to: string; subject: string }} Heading */

const NAME = /^\d{13}-[0-9a-f]{8}\.eml$/;

const addresses = (
  /** @type {import('mailparser').AddressObject | import('mailparser').AddressObject[] | undefined} */ of,
) =>
  [of ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');

/** @param {string} dir */
export async function mailStore(dir) {
  await mkdir(dir, { recursive: true, mode: 0o700 });

  /** Newest first. */
  const ids = async () =>
    (await readdir(dir))
      .filter((name) => NAME.test(name))
      .sort()
      .reverse();

  const parsed = async (/** @type {string} */ id) => simpleParser(await readFile(path.join(dir, id)));

  return {
    /**
     * Keeps one mail; when this returns it is on disk.
     * @param {Buffer} raw
     */
    async keep(raw) {
      const id = `${Date.now()}-${crypto.randomUUID().slice(0, 8)}.eml`;
      await writeFile(path.join(dir, `${id}.part`), raw, { mode: 0o600, flush: true });
      await rename(path.join(dir, `${id}.part`), path.join(dir, id));
    },

    count: async () => (await ids()).length,

    /**
     * @param {number} from
     * @param {number} howMany
     * @returns {Promise<Heading[]>}
     */
    async list(from, howMany) {
      const page = (await ids()).slice(from, from + howMany);
      return Promise.all(
        page.map(async (id) => {
          const mail = await parsed(id);
          const { subject = '' } = mail;
          return {
            id,
            at: new Date(Number(id.slice(0, 13))),
            from: mail.from?.text ?? '',
            to: addresses(mail.to),
            subject,
          };
        }),
      );
    },

    /** One mail, or nothing when there is none of that id. */
    async read(/** @type {string} */ id) {
      if (!NAME.test(id)) return undefined;
      const known = (await ids()).includes(id);
      return known ? parsed(id) : undefined;
    },
  };
}
