// Not tests: what the runner must see when one is broken.
import { equal } from './world.mjs';

export const fails = async () => equal(1, 2);
export const hangs = () => new Promise(() => {});
