/**
 * Loaded into a server process before anything else: its time is the machine's, moved on by what the test says. Only what is said of time moves, no timer: rules that read the
 * time of entries can be tried without waiting. Processes and threads that the server starts have the time that it began with.
 */
let ahead = Number(process.env['TEST_CLOCK_AHEAD'] ?? 0);
const now = Date.now;
Date.now = () => now() + ahead;

if (process.argv[1]?.endsWith('main.js') && process.channel) {
  process.on('message', (message) => {
    if (typeof message?.later !== 'number') return;
    ahead += message.later;
    process.send({ ahead });
  });
  // The channel alone keeps no server running.
  process.channel.unref();
}
