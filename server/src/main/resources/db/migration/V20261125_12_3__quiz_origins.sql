-- 公平性线索用：从哪台设备开始作答的带密钥摘要。每期密钥不同，不能跨期追踪；活动结束 30 天后抹去。

ALTER TABLE quiz_attempts ADD COLUMN origin bytea;
CREATE INDEX quiz_attempts_origin_idx ON quiz_attempts (round_id) WHERE origin IS NOT NULL;
