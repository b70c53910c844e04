/** How Ant Design is made to look like zhaodan. The values are those of styles/tokens.css; a test compares them. */
import type { ThemeConfig } from 'antd';

export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1b5e4b',
    colorLink: '#1b5e4b',
    colorSuccess: '#1b5e4b',
    colorInfo: '#1d5ca6',
    colorWarning: '#855600',
    colorError: '#b02a20',
    colorBgLayout: '#f5f4ef',
    colorText: '#1d2320',
    colorTextSecondary: '#4a534e',
    colorTextTertiary: '#626b66',
    colorTextQuaternary: '#626b66',
    colorTextPlaceholder: '#626b66',
    colorTextDisabled: '#626b66',
    colorTextDescription: '#626b66',
    colorBorder: '#cfccc1',
    colorBorderSecondary: '#e6e4dc',
    borderRadius: 6,
    borderRadiusLG: 8,
    fontSize: 14,
    controlHeight: 32,
    controlHeightSM: 28,
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.12s',
    fontFamily:
      '"PingFang SC","Hiragino Sans GB","Source Han Sans SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei UI","Microsoft YaHei","WenQuanYi Micro Hei",system-ui,sans-serif',
  },
  components: {
    Table: { headerBg: '#faf9f6', cellPaddingBlockSM: 8 },
    Segmented: { trackBg: '#eceae2' },
    Button: { primaryShadow: 'none', defaultShadow: 'none', fontWeight: 400 },
  },
};
