// What comes after the page, once, when it is first asked for. Whoever asks after it could not be fetched tries again.
export function lazy(fetch) {
  let coming = null;
  const forget = (error) => {
    coming = null;
    throw error;
  };
  return () => (coming ??= fetch().catch(forget));
}
