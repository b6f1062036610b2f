// flanneld joins a node to a Flannel network with Flannel's own packages, and
// writes the CNI configuration that its own plugin would have read.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/flannel-io/flannel/pkg/backend"
	_ "github.com/flannel-io/flannel/pkg/backend/hostgw"
	_ "github.com/flannel-io/flannel/pkg/backend/vxlan"
	"github.com/flannel-io/flannel/pkg/ip"
	"github.com/flannel-io/flannel/pkg/ipmatch"
	"github.com/flannel-io/flannel/pkg/subnet"
	"github.com/flannel-io/flannel/pkg/subnet/kube"
	"github.com/flannel-io/flannel/pkg/trafficmngr/iptables"
)

var (
	networkFile = flag.String("network", "/etc/kube-flannel/net-conf.json", "what the network is")
	subnetFile  = flag.String("subnet-file", "/run/flannel/subnet.env", "where the node's part of it is noted")
	cniFile     = flag.String("cni", "/etc/cni/net.d/10-flannel.conflist", "where the CNI configuration goes")
	iface       = flag.String("iface", "eth0", "that leads to the other nodes")
)

const resync = 10 // seconds

func main() {
	flag.Parse()
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	var workers sync.WaitGroup
	if err := run(ctx, &workers); err != nil {
		log.Fatal(err)
	}
	workers.Wait()
}

func run(ctx context.Context, workers *sync.WaitGroup) error {
	manager, err := kube.NewSubnetManager(ctx, "", "", "flannel.alpha.coreos.com", *networkFile, true)
	if err != nil {
		return err
	}
	config, err := manager.GetNetworkConfig(ctx)
	if err != nil {
		return err
	}
	network, err := join(ctx, workers, manager, config)
	if err != nil {
		return err
	}
	rules := &iptables.IPTablesManager{}
	if err := rules.Init(ctx); err != nil {
		return err
	}
	lease := network.Lease()
	if err := rules.SetupAndEnsureMasqRules(ctx, config.Network, ip.IP4Net{}, ip.IP4Net{},
		config.IPv6Network, ip.IP6Net{}, ip.IP6Net{}, lease, resync, false); err != nil {
		return err
	}
	rules.SetupAndEnsureForwardRules(ctx, config.Network, config.IPv6Network, resync)
	if err := manager.HandleSubnetFile(*subnetFile, config, true, lease.Subnet, lease.IPv6Subnet, network.MTU()); err != nil {
		return err
	}
	if err := writeCNI(config, lease.Subnet, network.MTU()); err != nil {
		return err
	}
	workers.Add(1)
	go func() {
		defer workers.Done()
		network.Run(ctx)
	}()
	return manager.CompleteLease(ctx, lease, workers)
}

func join(ctx context.Context, workers *sync.WaitGroup, manager subnet.Manager, config *subnet.Config) (backend.Network, error) {
	stack, err := ipmatch.GetIPFamily(config.EnableIPv4, config.EnableIPv6)
	if err != nil {
		return nil, err
	}
	external, err := ipmatch.LookupExtIface(*iface, "", "", stack, ipmatch.PublicIPOpts{})
	if err != nil {
		return nil, err
	}
	chosen, err := backend.NewManager(ctx, manager, external).GetBackend(config.BackendType)
	if err != nil {
		return nil, err
	}
	return chosen.RegisterNetwork(ctx, workers, config)
}

type object map[string]any

// In one step: kubelet calls the network ready as soon as the file is there.
func writeCNI(config *subnet.Config, subnet ip.IP4Net, mtu int) error {
	text, err := json.MarshalIndent(object{
		"name": "cbr0", "cniVersion": "1.0.0",
		"plugins": []object{
			{
				"type": "bridge", "bridge": "cni0", "mtu": mtu,
				"isDefaultGateway": true, "hairpinMode": true, "ipMasq": false,
				"ipam": object{
					"type":   "host-local",
					"ranges": [][]object{{{"subnet": subnet.String()}}},
					"routes": []object{{"dst": config.Network.String()}},
				},
			},
			{"type": "portmap", "capabilities": object{"portMappings": true}},
		},
	}, "", "  ")
	if err != nil {
		return err
	}
	part := filepath.Join(filepath.Dir(*cniFile), ".flannel.part")
	if err := os.WriteFile(part, text, 0o644); err != nil {
		return err
	}
	return os.Rename(part, *cniFile)
}
