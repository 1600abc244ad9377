import { boardStyle } from './style-board.ts';
import { cardStyle } from './style-cards.ts';
import { classStyle } from './style-classes.ts';
import { layoutStyle } from './style-layout.ts';
import { chartStyle } from './style-charts.ts';
import { listStyle } from './style-lists.ts';
import { printStyle } from './style-print.ts';
import { tokenStyle } from './style-tokens.ts';
import { zoneStyle } from './style-zones.ts';

/** The page's whole style sheet. */
export const pageStyle = [
  tokenStyle,
  layoutStyle,
  chartStyle,
  classStyle,
  listStyle,
  boardStyle,
  cardStyle,
  zoneStyle,
  printStyle,
].join('');
