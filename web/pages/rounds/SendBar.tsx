/** How sending stands, in one line above every rounds page: what is only on this phone, and what that means. */
import { Link } from 'react-router';
import { isUnsent, placeOf, type Parcel } from '../../offline/delivery.ts';
import { useOnline } from '../../parts/OfflineBar.tsx';
import styles from './Rounds.module.css';
import { useKept, useSending } from './use-round.ts';

const photosLeft = (parcels: readonly Parcel[]): number =>
  parcels.reduce((sum, { photos, arrived }) => sum + photos.length - arrived.length, 0);

export function SendBar({ here = false }: { /** On the page of what was sent itself. */ readonly here?: boolean }) {
  const { parcels } = useKept();
  const online = useOnline();
  const sending = useSending();
  const unsent = parcels.filter(isUnsent);
  const toDecide = unsent.filter((parcel) => placeOf(parcel) === 'decision').length;
  const waiting = unsent.length - toDecide;
  if (parcels.length === 0 && online) return null;
  const photos = photosLeft(unsent);
  const stored = `${String(waiting)} 份走访${photos > 0 ? `、${String(photos)} 张照片` : ''}`;
  const words = () => {
    if (!online)
      return waiting === 0
        ? '离线。可照常记录，存在本机，联网后自动送出一次。'
        : `离线。${stored}存在本机，联网后自动送出一次。`;
    if (waiting === 0) return toDecide === 0 ? '已全部送达。' : '';
    if (sending === 'signed-out') return `登录已失效。${stored}存在本机，重新登录后接着送出。`;
    if (sending === 'unanswered') return `没有收到答复。${stored}存在本机，会自动再试，只记一次。`;
    return `正在送出 ${stored}。`;
  };
  return (
    <div className={online ? styles['sendBar'] : styles['offline']}>
      <p role="status">
        {words()}
        {toDecide > 0 && <b> {toDecide} 份要您决定。</b>}
      </p>
      {!here && parcels.length > 0 && <Link to="/rounds/queue">送出记录</Link>}
    </div>
  );
}
