\set number :first + :client_id * :each + :done
\set done :done + 1
\set lane random(0, 15)
SELECT (attempt).*, questions, options, texts, marks, versions FROM quiz_answered_attempts(ARRAY[('0000000000000' || :number::text)::uuid]);
SELECT quiz_close_attempts(ARRAY[('0000000000000' || :number::text)::uuid], ARRAY[20::bigint], ARRAY[20::bigint], ARRAY[now()], ARRAY['MEMBER'], ARRAY[10], ARRAY[50], ARRAY[false], ARRAY[0], :lane::integer, '{}'::uuid[], '{}'::uuid[], '{}'::integer[]);
