-- 微信不可达时根本没有发出的次数：不算一次尝试。
ALTER TABLE delivery ADD COLUMN held integer NOT NULL DEFAULT 0;

COMMENT ON COLUMN delivery.held IS '领取了却没能呼叫微信的次数；attempts 减去它才是真正的尝试次数';
