import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commandWords } from '../js/words/command.js';
import { speak, use } from '../js/words/text.js';

/** What each command is called, in English and in Korean. @type {[string, string, string][]} */
const COMMANDS = [
  ['set mode=store', 'Where sessions live: Shared store', '세션이 사는 곳: 공유 저장소'],
  ['set workers=3', 'Copies of the app: 3', '앱 개수: 3'],
  ['store down', 'Store: down', '저장소: 중단'],
  ['store shutdown', 'Store: shut down', '저장소: 종료'],
  ['crash 1', 'Crash (Process 1)', '죽이기(1번 프로세스)'],
  ['crash 2 handler', 'Fail in a handler (Process 2)', '핸들러 오류(2번 프로세스)'],
  ['restart 1', 'Restart (Process 1)', '재시작(1번 프로세스)'],
  ['restart', 'Restart all', '모두 재시작'],
  ['reload', 'Reload, one by one', '하나씩 교체'],
  ['login Ada', 'Log in (Ada)', '로그인(Ada)'],
  ['join Mary Ann', 'Join (Mary Ann)', '들어오기(Mary Ann)'],
  ['leave Ada', 'Leave (Ada)', '나가기(Ada)'],
  ['pay Ada', 'pay (Ada)', 'pay(Ada)'],
  ['plant Mallory on Ada', 'The cookie of Mallory planted on Ada', 'Mallory의 쿠키를 Ada에게 심기'],
];

for (const [i, lang] of ['en', 'ko'].entries()) {
  test(`a command is said in words: ${lang}`, async () => {
    await speak(lang);
    use(JSON.parse(readFileSync(new URL(`../lang/${lang}.json`, import.meta.url), 'utf8')));
    assert.deepEqual(COMMANDS.map(([command]) => commandWords(command)), COMMANDS.map((c) => c[i + 1]));
  });
}
