ALTER TABLE member_session ADD COLUMN device text NOT NULL DEFAULT '微信';

COMMENT ON COLUMN member_session.device IS 'Coarse name for the member, such as 微信（安卓手机）';
