/** How the law is called on a page: the short names of rules and refusals in full, `INS §33` as 食品生产经营监督检查管理办法第33条. */

const NAMES: Readonly<Record<string, string>> = {
  FSL: '食品安全法',
  FSR: '食品安全法实施条例',
  APQ: '农产品质量安全法',
  APL: '行政处罚法',
  CPL: '刑事诉讼法',
  O121: '市场监督管理投诉举报处理办法',
  O20: '市场监督管理投诉举报处理暂行办法',
  APR: '市场监督管理行政处罚程序规定',
  PUB: '市场监督管理行政处罚信息公示规定',
  O15: '食品安全抽样检验管理办法',
  INS: '食品生产经营监督检查管理办法',
  RCL: '食品召回管理办法',
  BLK: '市场监督管理严重违法失信名单管理办法',
  CRF: '市场监督管理信用修复管理办法',
  LES: '市场监督管理执法监督规定',
  R310: '行政执法机关移送涉嫌犯罪案件的规定',
  PSB: '公安机关办理刑事案件程序规定',
  PRO: '人民检察院办理行政执法机关移送涉嫌犯罪案件的规定',
  GSI: '政府督查工作条例',
  ELS: '行政执法监督条例',
  LDR: '地方党政领导干部食品安全责任制规定',
  EVA: '食品安全工作评议考核办法',
  HOL: '全国年节及纪念日放假办法',
};

const ARTICLE = new RegExp(String.raw`\b(${Object.keys(NAMES).join('|')}) §(\d+(?:-\d+)?)`, 'g');

/** Every article in a text by its full name; a name nobody has listed stays as it is. */
export const inFull = (text: string): string =>
  text.replaceAll(ARTICLE, (short, name: string, article: string) => {
    const full = NAMES[name];
    return full === undefined ? short : `${full}第${article}条`;
  });
