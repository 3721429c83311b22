// Command vspheresim starts a simulated vCenter for the broker's vSphere
// connector tests. It drives the "simulator" package of Debian's
// golang-github-vmware-govmomi-dev and puts three things around it:
//
//   - an inventory read from a JSON file (templates, networks, folders, pools);
//   - corrections where the packaged simulator is kinder than a vCenter, or
//     wrong (front.go, extras.go, building.go, strict.go);
//   - a small control interface under /_sim/ (faults, delays, statistics).
//
// Everything listens on one loopback address.
package main

import (
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"io/ioutil"
	"log"
	"net"
	"net/url"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/google/uuid"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/esx"

	_ "github.com/vmware/govmomi/lookup/simulator"
	_ "github.com/vmware/govmomi/pbm/simulator"
	_ "github.com/vmware/govmomi/sts/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator"
)

func must(err error, what string) {
	if err != nil {
		log.Fatalf("%s: %s", what, err)
	}
}

func main() {
	listen := flag.String("listen", "127.0.0.1:8989", "address to serve")
	inventoryFile := flag.String("inventory", "", "inventory description (JSON)")
	user := flag.String("user", "", "the one accepted user (empty: any)")
	password := flag.String("password", "", "its password")
	plain := flag.Bool("plain", false, "serve http instead of https")
	certOut := flag.String("cert-out", "", "write the server certificate here (PEM)")
	taskDelay := flag.Duration("task-delay", 0, "how long every *_Task runs before its effect")
	callDelay := flag.Int("call-delay", 0, "milliseconds added to every SOAP call")
	guestDelay := flag.Duration("guest-delay", 200*time.Millisecond, "from power-on to running guest tools")
	statsEvery := flag.Duration("stats-every", 20*time.Second, "interval of quick statistics (0: none)")
	name := flag.String("name", "vcenter", "name of this vCenter; its instance id derives from it")
	apiVersion := flag.String("api-version", "", "API version to announce (default: the package's, 6.5)")
	bare := flag.Bool("bare", false, "the packaged simulator alone, nothing in front of it")
	lax := flag.Bool("lax", false, "skip the schema check of requests")
	idle := flag.Duration("session-idle", 0, "idle time after which a session expires (0: never)")
	trace := flag.String("trace", "", "write SOAP requests and responses here")
	verbose := flag.Bool("verbose", false, "keep the simulator's own log")
	flag.Parse()

	inv := defaultInventory()
	if *inventoryFile != "" {
		raw, err := ioutil.ReadFile(*inventoryFile)
		must(err, "inventory")
		must(json.Unmarshal(raw, inv), "inventory "+*inventoryFile)
	}
	inv.override(os.Getenv)

	if *trace != "" {
		f, err := os.Create(*trace)
		must(err, "trace")
		simulator.TraceFile, simulator.Trace = f, true
	}
	if !*verbose {
		log.SetOutput(ioutil.Discard) // one line per property update otherwise
	}
	simulator.SessionIdleTimeout = *idle

	hw := esx.HostSystem.Summary.Hardware
	hw.NumCpuCores, hw.NumCpuThreads = inv.HostCores, 2*inv.HostCores
	hw.MemorySize = inv.HostMemoryMB << 20

	m := simulator.VPX()
	about := &m.ServiceContent.About
	about.InstanceUuid = uuid.NewSHA1(uuid.NameSpaceDNS, []byte(*name)).String()
	about.FullName += " (simulated, " + *name + ")"
	if *apiVersion != "" {
		about.ApiVersion = *apiVersion
	}
	m.Datacenter, m.Cluster, m.ClusterHost, m.Host = inv.Datacenters, inv.Clusters, inv.HostsPerCluster, inv.StandaloneHosts
	m.Datastore, m.Machine, m.Pool, m.Portgroup = inv.Datastores, inv.VMsPerPool, inv.PoolsPerCluster, inv.PortGroups
	m.DelayConfig.Delay = *callDelay
	fatal := func(err error, what string) { log.SetOutput(os.Stderr); must(err, what) }
	if err := m.Create(); err != nil {
		fatal(err, "model")
	}
	defer m.Remove()
	inv.measure()
	uplinks()

	l, err := net.Listen("tcp", *listen)
	if err != nil { // the package would panic
		fatal(err, "address")
	}
	l.Close()
	u := &url.URL{Host: *listen}
	if *user != "" {
		u.User = url.UserPassword(*user, *password)
	}
	m.Service.Listen = u
	m.Service.RegisterEndpoints = true
	if !*plain {
		cert, err := selfSigned(*certOut)
		if err != nil {
			fatal(err, "certificate")
		}
		m.Service.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	}
	s := m.Service.NewServer() // not closed at the end: that waits for pending WaitForUpdatesEx

	if err := inv.populate(s.URL); err != nil {
		fatal(err, "inventory")
	}
	versions()

	front, err := newFront(s.Config.Handler, m.Service, *taskDelay, guestConfig{*guestDelay, *statsEvery}, !*lax)
	if err != nil {
		fatal(err, "client")
	}
	front.user, front.password = *user, *password
	s.Config.ErrorLog = log.New(os.Stderr, "http ", log.LstdFlags)
	if !*bare {
		s.Config.Handler = front
		go front.statistics()
	}

	sdk := *s.URL
	sdk.User = nil
	fmt.Printf("ready %s\n", sdk.String())

	sig := make(chan os.Signal, 1)
	signal.Notify(sig, syscall.SIGINT, syscall.SIGTERM)
	<-sig
	front.drain(2 * time.Second)
}
