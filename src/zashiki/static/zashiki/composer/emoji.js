let names = null; // [[sign, name, ...], ...], fetched once

// Emoji called exactly so, those whose names begin with a word, then those that have it elsewhere: [{sign, name}, ...].
export async function emojiNamed(word, url, limit) {
  const rows = await (names ??= fetched(url));
  const wanted = word.trim().toLowerCase().replaceAll(" ", "_");
  const exact = [];
  const begins = [];
  const holds = [];
  for (const [sign, ...called] of rows) {
    const name = called.find((each) => each.toLowerCase().startsWith(wanted));
    if (called.includes(wanted)) exact.push({ sign, name: wanted });
    else if (name) begins.push({ sign, name });
    else if (called.some((each) => each.toLowerCase().includes(wanted))) holds.push({ sign, name: called[0] });
  }
  return [...exact, ...begins, ...holds].slice(0, limit);
}

async function fetched(url) {
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(answer.statusText);
    return await answer.json();
  } catch (error) {
    names = null; // asked for again the next time
    throw error;
  }
}
