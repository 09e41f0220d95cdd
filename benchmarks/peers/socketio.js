// A room with socket.io, WebSocket transport only. node socketio.js PORT
const { createServer } = require('node:http');
const { Server } = require('socket.io');

const http = createServer();
const io = new Server(http, { transports: ['websocket'] });

io.on('connection', (socket) => {
  socket.join('bench');
  socket.on('message', (text) => io.to('bench').emit('message', text));
});

http.listen({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 4096 });
