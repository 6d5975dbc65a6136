-- 敏感操作的频次，所有节点一同计数。丢了只是重新数起，所以不写 WAL，提交也不等落盘。
CREATE UNLOGGED TABLE call_rate (
    bucket  bytea       NOT NULL,
    ends_at timestamptz NOT NULL,
    used    integer     NOT NULL,
    CONSTRAINT call_rate_pk PRIMARY KEY (bucket)
) WITH (fillfactor = 50);

COMMENT ON COLUMN call_rate.bucket IS '何事、何人的 SHA-256';
