-- 统计与公平性线索要在库里比较写出来的答案，比较方法与评分相同（见 quiz.bank.Written）。

-- 宽度、大小写、空白和看不见的字符都不算。
CREATE FUNCTION quiz_plain(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(lower(normalize(written, NFKC)),
	'[\t-\r\u0020\u00A0\u00AD\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u1680\u180E\u2000-\u200F\u2028-\u202F\u205F-\u2064\u2066-\u206F\u3000\uFEFF\uFFF9-\uFFFB]+',
	'', 'g');

-- 第几空的写法里有没有它；plain 已经过 quiz_plain。
CREATE FUNCTION quiz_accepts(parts jsonb, blank integer, plain text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN EXISTS (SELECT 1
	FROM jsonb_array_elements_text(parts -> blank - 1 -> 'accepted') AS a (accepted)
	WHERE quiz_plain(a.accepted) = plain);
