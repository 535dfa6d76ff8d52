// node src/test/js/run.mjs: the tests in Node.js, whose EventTarget is the browsers'.
import { tests } from './tests.mjs';

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
  } catch (error) {
    failed += 1;
    console.error(`FAILED ${name}: ${error.stack}`);
  }
}
console.log(`${Object.keys(tests).length} tests, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
