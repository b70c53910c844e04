/** Photographs that a record names and the office never received: said, so that they are not thought safe. */
import { Note } from '../../parts/Note.tsx';
import { useKept, type Sheet } from './use-round.ts';

export function Missing({ sheet }: { readonly sheet: Sheet }) {
  const { parcels } = useKept();
  const coming = new Set(
    parcels.flatMap(({ photos, arrived }) =>
      photos.map(({ digest }) => digest).filter((digest) => !arrived.includes(digest)),
    ),
  );
  const lost = sheet.missingFiles.filter(({ digest }) => !coming.has(digest));
  if (lost.length === 0) return null;
  const names = new Map(sheet.subjects.map(({ subject, name }) => [subject, name]));
  const where = [...new Set(lost.map(({ subject }) => names.get(subject) ?? subject))];
  return (
    <Note title={`有 ${String(lost.length)} 张照片已登记、文件没有收到`}>
      {where.join('、')}。照片若在另一台手机上，请用那台手机登录送出；否则请补拍并补正记录。
    </Note>
  );
}
