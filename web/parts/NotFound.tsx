/** An address that leads nowhere. */
import { Link } from 'react-router';
import { Card } from './Card.tsx';
import { Page } from './Page.tsx';

export const NotFound = () => (
  <Page title="没有这个页面">
    <Card>
      <p>
        地址可能写错了，或者这一页已经不在。<Link to="/">回到首页</Link>
      </p>
    </Card>
  </Page>
);
