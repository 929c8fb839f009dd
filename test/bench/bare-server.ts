import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

// The least that shows one person's keystroke to the others: socket.io as it comes, websocket only, one line. It keeps nothing and asks nobody.
const http = createServer();
new Server(http, { transports: ['websocket'] }).on('connection', (socket) => {
  const room = String(socket.handshake.query['doc']);
  void socket.join(room);
  socket.on('key', (key: unknown) => socket.to(room).emit('key', key));
});
http.listen(0, '127.0.0.1', () => process.send!(`http://127.0.0.1:${(http.address() as AddressInfo).port}`));
process.on('disconnect', () => process.exit());
