// A room with gorilla/websocket: a goroutine reads each connection and another writes it, and a message is framed once for all.
//
//	hub PORT
package main

import (
	"log"
	"net/http"
	"os"
	"sync"

	"github.com/gorilla/websocket"
)

const waiting = 1024 // messages that may wait for one connection; more, and it is closed

type room struct {
	sync.RWMutex
	people map[chan *websocket.PreparedMessage]bool
}

func (r *room) broadcast(kind int, data []byte) error {
	message, err := websocket.NewPreparedMessage(kind, data)
	if err != nil {
		return err
	}
	r.RLock()
	defer r.RUnlock()
	for person := range r.people {
		select {
		case person <- message:
		default:
			log.Print("somebody is too slow")
		}
	}
	return nil
}

func (r *room) join(person chan *websocket.PreparedMessage) {
	r.Lock()
	defer r.Unlock()
	r.people[person] = true
}

func (r *room) leave(person chan *websocket.PreparedMessage) {
	r.Lock()
	defer r.Unlock()
	delete(r.people, person)
	close(person)
}

func write(connection *websocket.Conn, messages chan *websocket.PreparedMessage) {
	for message := range messages {
		if connection.WritePreparedMessage(message) != nil {
			connection.Close()
		}
	}
}

func (r *room) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	connection, err := upgrader.Upgrade(response, request, nil)
	if err != nil {
		return
	}
	defer connection.Close()
	person := make(chan *websocket.PreparedMessage, waiting)
	r.join(person)
	defer r.leave(person)
	go write(connection, person)
	for {
		kind, data, err := connection.ReadMessage()
		if err != nil || r.broadcast(kind, data) != nil {
			return
		}
	}
}

func main() {
	hub := &room{people: make(map[chan *websocket.PreparedMessage]bool)}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], hub))
}
