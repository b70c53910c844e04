/** Where the console starts. */
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import { App } from './app/App.tsx';

const place = document.getElementById('root');
if (place === null) throw new Error('the page has no #root');
createRoot(place).render(<App />);
