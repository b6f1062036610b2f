// shopd plays every server and client of the shop: it listens where it is
// told to, and calls others at intervals, for as long as it runs.
//
//	shopd -http :8080 -tcp :5432 -udp :8125 -call 5s=http://catalog.shop:8080/items
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"
)

type list []string

func (l *list) String() string     { return strings.Join(*l, " ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

var (
	httpAddresses, tcpAddresses, udpAddresses, calls list

	name     = flag.String("name", hostname(), "what it calls itself")
	unready  = flag.Bool("unready", false, "answer /ready with 503 for ever")
	once     = flag.Bool("once", false, "make each call until it works once, and end, with 1 if one never did")
	patience = flag.Duration("patience", 2*time.Minute, "for one call of -once")
	timeout  = flag.Duration("timeout", 3*time.Second, "of one call")
)

func main() {
	flag.Var(&httpAddresses, "http", "serve HTTP at this address")
	flag.Var(&tcpAddresses, "tcp", "echo lines at this TCP address")
	flag.Var(&udpAddresses, "udp", "echo datagrams at this UDP address")
	flag.Var(&calls, "call", "INTERVAL=URL, URL being http://, tcp:// or udp://")
	flag.Parse()
	client.Timeout = *timeout
	log.SetFlags(log.LUTC | log.Ldate | log.Ltime)

	if *once {
		os.Exit(callOnce())
	}
	for _, a := range httpAddresses {
		go serveHTTP(a)
	}
	for _, a := range tcpAddresses {
		go serveTCP(a)
	}
	for _, a := range udpAddresses {
		go serveUDP(a)
	}
	for _, c := range calls {
		go callForEver(c)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	<-signals
}

func hostname() string {
	h, _ := os.Hostname()
	return h
}

func serveHTTP(address string) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s answers %s %s to %s\n", *name, r.Method, r.URL.Path, r.RemoteAddr)
	})
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("/ready", func(w http.ResponseWriter, _ *http.Request) {
		if *unready {
			http.Error(w, "still warming up", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	mux.HandleFunc("/metrics", func(w http.ResponseWriter, _ *http.Request) {
		counts.Lock()
		defer counts.Unlock()
		for target, n := range counts.byTarget {
			fmt.Fprintf(w, "shopd_calls_total{target=%q,result=\"ok\"} %d\n", target, n.ok)
			fmt.Fprintf(w, "shopd_calls_total{target=%q,result=\"failed\"} %d\n", target, n.failed)
		}
	})
	log.Fatal(http.ListenAndServe(address, mux))
}

func serveTCP(address string) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go func() {
			defer connection.Close()
			lines := bufio.NewScanner(connection)
			for lines.Scan() {
				fmt.Fprintf(connection, "%s: %s\n", *name, lines.Text())
			}
		}()
	}
}

func serveUDP(address string) {
	socket, err := net.ListenPacket("udp", address)
	if err != nil {
		log.Fatal(err)
	}
	datagram := make([]byte, 2048)
	for {
		n, from, err := socket.ReadFrom(datagram)
		if err != nil {
			log.Fatal(err)
		}
		_, _ = socket.WriteTo(append([]byte(*name+": "), datagram[:n]...), from)
	}
}

type outcome struct{ ok, failed int }

var counts = struct {
	sync.Mutex
	byTarget map[string]outcome
}{byTarget: map[string]outcome{}}

func count(target string, err error) {
	counts.Lock()
	defer counts.Unlock()
	n := counts.byTarget[target]
	if err != nil {
		n.failed++
	} else {
		n.ok++
	}
	counts.byTarget[target] = n
}

func splitCall(c string) (time.Duration, string) {
	interval, target, found := strings.Cut(c, "=")
	d, err := time.ParseDuration(interval)
	if !found || err != nil {
		log.Fatalf("%q is not INTERVAL=URL", c)
	}
	return d, target
}

// Says each failure, but of successes only the first of a row.
func callForEver(c string) {
	interval, target := splitCall(c)
	worked := false
	for {
		err := call(target)
		count(target, err)
		if err != nil {
			log.Printf("%s: %v", target, err)
		} else if !worked {
			log.Printf("%s: ok", target)
		}
		worked = err == nil
		time.Sleep(interval)
	}
}

func callOnce() int {
	code := 0
	for _, c := range calls {
		interval, target := splitCall(c)
		// A new pod calls before the other nodes know that its address may.
		err := call(target)
		for end := time.Now().Add(*patience); err != nil && time.Now().Before(end); err = call(target) {
			log.Printf("%s: %v", target, err)
			time.Sleep(interval)
		}
		if err != nil {
			log.Printf("%s: %v", target, err)
			code = 1
		} else {
			log.Printf("%s: ok", target)
		}
	}
	return code
}

// A connection of its own for every call, so that each is seen by the network.
var client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

func call(target string) error {
	to, err := url.Parse(target)
	if err != nil {
		return err
	}
	switch to.Scheme {
	case "http":
		return callHTTP(target)
	case "tcp", "udp":
		return callLine(to.Scheme, to.Host)
	}
	return errors.New("neither http, tcp nor udp")
}

func callHTTP(target string) error {
	response, err := client.Get(target)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode >= 400 {
		return errors.New(response.Status)
	}
	return nil
}

func callLine(network, address string) error {
	connection, err := net.DialTimeout(network, address, *timeout)
	if err != nil {
		return err
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(*timeout))
	if _, err := fmt.Fprintf(connection, "hello from %s\n", *name); err != nil {
		return err
	}
	_, err = connection.Read(make([]byte, 2048))
	return err
}
