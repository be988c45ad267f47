"""A line between a program and its server that can be cut, hung, slowed down and taken away."""

import random
import socket
import threading
import time
from contextlib import suppress

ROOM = 65536
BEFORE, AFTER, LATE, DEAF = "before", "after", "late", "deaf"
DELAY = 0.05  # seconds that a late COMMIT travels after its sender was cut off


class Proxy:
    """Passes on what a client and a server say to each other; `cut` says what befalls a COMMIT.

    BEFORE: it never arrives. AFTER: it arrives, the answer does not. LATE: it arrives when its
    sender is gone already. DEAF: it never arrives, and the server does not notice that the
    client is gone.
    """

    def __init__(self, port):
        self.server = port
        self.cut = None
        self.latency = 0.0  # seconds, one way
        self.loss = 0.0  # share of what is sent that arrives later, having been sent again
        self.hung = False  # what is sent is taken, and goes nowhere
        self._open = []
        self._kept = []
        self._listener = None
        self.port = None
        self.come_back()

    def come_back(self):
        """Take connections again, at the same port."""
        self._listener = socket.create_server(("127.0.0.1", self.port or 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, args=(self._listener,), daemon=True).start()

    def go_away(self):
        """Take no connections any more and break those that there are."""
        self.refuse()
        self.break_off()

    def refuse(self):
        """Take no connections any more."""
        _close(self._listener)

    def break_off(self):
        """Break all connections; new ones are taken."""
        lines, self._open = self._open, []
        for line in lines:
            _close(*line)

    def close(self):
        self.go_away()
        for line in self._kept:
            line.close()

    def _listen(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.server))
            except OSError:
                client.close()
                continue
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open.append((client, server))
            threading.Thread(target=self._up, args=(client, server), daemon=True).start()
            threading.Thread(target=self._down, args=(client, server), daemon=True).start()

    def _up(self, client, server):
        with suppress(OSError):
            while said := client.recv(ROOM):
                self._travel()
                if self.cut and b"COMMIT" in said:
                    self._befall(self._take_cut(), said, client, server)
                    return
                server.sendall(said)
        _close(client, server)

    def _down(self, client, server):
        with suppress(OSError):
            while said := server.recv(ROOM):
                self._travel()
                client.sendall(said)
        if server not in self._kept:
            _close(client, server)

    def _take_cut(self):
        cut, self.cut = self.cut, None
        return cut

    def _befall(self, cut, said, client, server):
        if cut == AFTER:
            with suppress(OSError):
                client.shutdown(socket.SHUT_WR)  # before the answer can come
            server.sendall(said)
            time.sleep(DELAY / 10)
        elif cut == LATE:
            client.shutdown(socket.SHUT_RDWR)
            time.sleep(DELAY)
            server.sendall(said)
            time.sleep(DELAY / 10)
        elif cut == DEAF:
            self._kept.append(server)
            _close(client)
            return
        _close(client, server)

    def _travel(self):
        while self.hung:
            time.sleep(0.01)
        if self.latency:
            time.sleep(self.latency)
        if self.loss and random.random() < self.loss:
            time.sleep(0.2)  # the least time after which TCP sends again


def _close(*lines):
    for line in lines:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()
