package main

import (
	"strconv"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"
)

// uplinks marks the groups of ports by which switches are connected themselves,
// as a vCenter does: at the group and at its switch.
func uplinks() {
	for _, e := range simulator.Map.All("DistributedVirtualPortgroup") {
		pg, ok := e.(*simulator.DistributedVirtualPortgroup)
		if !ok || !strings.Contains(pg.Name, "-DVUplinks") {
			continue
		}
		pg.Tag = []types.Tag{{Key: "SYSTEM/DVS.UPLINKPG"}}
		pg.Config.Uplink = types.NewBool(true)
		if dvs, ok := simulator.Map.Get(*pg.Config.DistributedVirtualSwitch).(*simulator.DistributedVirtualSwitch); ok {
			config := dvs.Config.GetDVSConfigInfo()
			config.UplinkPortgroup = append(config.UplinkPortgroup, pg.Self)
		}
	}
}

func portGroup(ref vmRef) *simulator.DistributedVirtualPortgroup {
	pg, _ := simulator.Map.Get(ref).(*simulator.DistributedVirtualPortgroup)
	return pg
}

// reconfigurePortGroup: the packaged simulator empties what a spec leaves out,
// and takes a spec that was made for an older configuration.
func reconfigurePortGroup(f *front, m *simulator.Method, pass func() *reply, passChanged func(interface{}) *reply) *reply {
	req, pg := m.Body.(*types.ReconfigureDVPortgroup_Task), portGroup(m.This)
	if pg == nil {
		return pass()
	}
	spec, now := &req.Spec, &pg.Config
	if spec.ConfigVersion != version(pg) {
		return failedTask(m.Name, pg.Self, &types.ConcurrentAccess{})
	}
	if spec.Name == "" {
		spec.Name = now.Name
	}
	if spec.NumPorts == 0 {
		spec.NumPorts = now.NumPorts
	}
	if spec.DefaultPortConfig == nil {
		spec.DefaultPortConfig = now.DefaultPortConfig
	}
	if spec.Description == "" {
		spec.Description = now.Description
	}
	if spec.Type == "" {
		spec.Type = now.Type
	}
	if spec.AutoExpand == nil {
		spec.AutoExpand = now.AutoExpand
	}
	if spec.Policy == nil {
		spec.Policy = now.Policy
	}
	rep := passChanged(&methods.ReconfigureDVPortgroup_TaskBody{Req: req})
	if succeeded(rep) != nil {
		simulator.Map.WithLock(pg, func() {
			n, _ := strconv.Atoi(version(pg))
			pg.Config.ConfigVersion = strconv.Itoa(n + 1)
		})
	}
	return rep
}

// version is that of a group's configuration; the packaged simulator begins with none.
func version(pg *simulator.DistributedVirtualPortgroup) string {
	if pg.Config.ConfigVersion == "" {
		return "0"
	}
	return pg.Config.ConfigVersion
}

// addPortGroups gives new groups a version.
func addPortGroups(f *front, m *simulator.Method, pass func() *reply, _ func(interface{}) *reply) *reply {
	rep := pass()
	if succeeded(rep) != nil {
		versions()
	}
	return rep
}

// versions gives every group a version of its configuration.
func versions() {
	for _, e := range simulator.Map.All("DistributedVirtualPortgroup") {
		if pg, ok := e.(*simulator.DistributedVirtualPortgroup); ok {
			simulator.Map.WithLock(pg, func() { pg.Config.ConfigVersion = version(pg) })
		}
	}
}

// destroy: the packaged simulator removes a group of ports with machines in it.
func destroy(f *front, m *simulator.Method, pass func() *reply, _ func(interface{}) *reply) *reply {
	if portGroup(m.This) == nil || !joined(m.This) {
		return pass()
	}
	return failedTask(m.Name, m.This, &types.ResourceInUse{Type: m.This.Type, Name: m.This.Value})
}

// joined says whether a machine or template has a card in a group of ports.
func joined(group vmRef) bool {
	for _, e := range simulator.Map.All("VirtualMachine") {
		vm, ok := e.(*simulator.VirtualMachine)
		if !ok || vm.Config == nil {
			continue
		}
		in := false
		simulator.Map.WithLock(vm, func() {
			for _, d := range vm.Config.Hardware.Device {
				b, ok := d.GetVirtualDevice().Backing.(*types.VirtualEthernetCardDistributedVirtualPortBackingInfo)
				in = in || ok && b.Port.PortgroupKey == group.Value
			}
		})
		if in {
			return true
		}
	}
	return false
}
