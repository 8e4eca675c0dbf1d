/** Asks again and again until the answer is truthy, and gives it; fails after a while. */
export async function until(what, ask, seconds = 20) {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`timed out after ${seconds} seconds waiting for ${what}`);
}
