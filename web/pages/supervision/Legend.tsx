/** What the looks of a heat cell mean. */
import styles from './HeatMap.module.css';

export const Legend = () => (
  <ul className={styles['legend']} aria-label="图例">
    <li>
      <i className={styles['done']} /> 全部按期
    </li>
    <li>
      <i className={`${styles['done']} ${styles['notch']}`} /> 有补办
    </li>
    <li>
      <i className={styles['near']}>9</i> 本周将到期
    </li>
    <li>
      <i className={styles['late']}>2</i> 超期未办
    </li>
    <li>
      <i className={styles['later']}>9</i> 以后到期
    </li>
  </ul>
);
