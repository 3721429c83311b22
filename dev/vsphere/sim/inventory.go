package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

type templateSpec struct {
	Name     string `json:"name"`
	GuestID  string `json:"guestId"`
	CPUs     int32  `json:"cpus"`
	MemoryMB int64  `json:"memoryMB"`
	DiskGB   int64  `json:"diskGB"`
	Network  string `json:"network"`
}

// inventory is the JSON document; the counts may also be set by environment.
type inventory struct {
	Datacenters     int            `json:"datacenters"`
	Clusters        int            `json:"clusters"`
	HostsPerCluster int            `json:"hostsPerCluster"`
	StandaloneHosts int            `json:"standaloneHosts"`
	HostCores       int16          `json:"hostCores"`
	HostMemoryMB    int64          `json:"hostMemoryMB"`
	Datastores      int            `json:"datastores"`
	DatastoreGB     int64          `json:"datastoreGB"`
	PoolsPerCluster int            `json:"poolsPerCluster"`
	VMsPerPool      int            `json:"vmsPerPool"`
	PortGroups      int            `json:"portGroups"`
	NamedPortGroups []string       `json:"namedPortGroups"`
	VMFolders       []string       `json:"vmFolders"`
	ResourcePools   []string       `json:"resourcePools"`
	Templates       []templateSpec `json:"templates"`
}

func defaultInventory() *inventory {
	return &inventory{
		Datacenters: 1, Clusters: 1, HostsPerCluster: 3, HostCores: 16, HostMemoryMB: 131072,
		Datastores: 2, DatastoreGB: 2000, VMsPerPool: 2, PortGroups: 1,
	}
}

// measure gives datastores their size, and clusters their memory in MB: the
// packaged simulator tells the free space of this machine, and bytes.
func (inv *inventory) measure() {
	for _, e := range simulator.Map.All("Datastore") {
		ds := e.(*simulator.Datastore)
		ds.Summary.Capacity = inv.DatastoreGB << 30
		ds.Summary.FreeSpace = ds.Summary.Capacity
		ds.Info.GetDatastoreInfo().FreeSpace = ds.Summary.FreeSpace
	}
	for _, e := range simulator.Map.All("ClusterComputeResource") {
		if s := e.(*simulator.ClusterComputeResource).Summary.GetComputeResourceSummary(); s.EffectiveMemory > 1<<30 {
			s.EffectiveMemory >>= 20
		}
	}
}

func (inv *inventory) override(getenv func(string) string) {
	for name, dst := range map[string]*int{
		"VSPHERE_DATACENTERS": &inv.Datacenters, "VSPHERE_CLUSTERS": &inv.Clusters,
		"VSPHERE_HOSTS": &inv.HostsPerCluster, "VSPHERE_STANDALONE_HOSTS": &inv.StandaloneHosts,
		"VSPHERE_DATASTORES": &inv.Datastores, "VSPHERE_POOLS": &inv.PoolsPerCluster,
		"VSPHERE_VMS": &inv.VMsPerPool, "VSPHERE_PORTGROUPS": &inv.PortGroups,
	} {
		if v := getenv(name); v != "" {
			n, err := strconv.Atoi(v)
			must(err, name)
			*dst = n
		}
	}
}

// populate adds the named objects to every datacenter, through the API.
func (inv *inventory) populate(u *url.URL) error {
	ctx := context.Background()
	c, err := govmomi.NewClient(ctx, u, true)
	if err != nil {
		return err
	}
	defer c.Logout(ctx)

	f := find.NewFinder(c.Client)
	dcs, err := f.DatacenterList(ctx, "*")
	if err != nil {
		return err
	}
	for _, dc := range dcs {
		if err := inv.populateDatacenter(ctx, c, f.SetDatacenter(dc), dc); err != nil {
			return fmt.Errorf("%s: %s", dc.InventoryPath, err)
		}
	}
	return nil
}

func (inv *inventory) populateDatacenter(ctx context.Context, c *govmomi.Client, f *find.Finder, dc *object.Datacenter) error {
	folders, err := dc.Folders(ctx)
	if err != nil {
		return err
	}
	for _, name := range inv.VMFolders {
		if _, err := folders.VmFolder.CreateFolder(ctx, name); err != nil {
			return err
		}
	}
	if len(inv.NamedPortGroups) != 0 {
		net, err := f.Network(ctx, "DVS0")
		if err != nil {
			return fmt.Errorf("named port groups need portGroups >= 1: %s", err)
		}
		dvs := object.NewDistributedVirtualSwitch(c.Client, net.Reference())
		for _, name := range inv.NamedPortGroups {
			t, err := dvs.AddPortgroup(ctx, []types.DVPortgroupConfigSpec{{Name: name, NumPorts: 64}})
			if err == nil {
				err = t.Wait(ctx)
			}
			if err != nil {
				return fmt.Errorf("port group %s: %s", name, err)
			}
		}
	}
	pools, err := f.ResourcePoolList(ctx, "*/Resources")
	if err != nil || len(pools) == 0 {
		return fmt.Errorf("no root resource pool: %v", err)
	}
	for _, name := range inv.ResourcePools {
		if _, err := pools[0].Create(ctx, name, types.DefaultResourceConfigSpec()); err != nil {
			return err
		}
	}
	for _, t := range inv.Templates {
		if err := createTemplate(ctx, f, folders.VmFolder, pools[0], t); err != nil {
			return fmt.Errorf("template %s: %s", t.Name, err)
		}
	}
	return nil
}

func createTemplate(ctx context.Context, f *find.Finder, folder *object.Folder, pool *object.ResourcePool, t templateSpec) error {
	ds, err := f.DatastoreList(ctx, "*")
	if err != nil {
		return err
	}
	var devices object.VirtualDeviceList
	scsi, err := devices.CreateSCSIController("pvscsi")
	if err != nil {
		return err
	}
	devices = append(devices, scsi)
	disk := devices.CreateDisk(scsi.(types.BaseVirtualController), ds[0].Reference(), "")
	disk.CapacityInKB = t.DiskGB << 20
	disk.CapacityInBytes = t.DiskGB << 30
	devices = append(devices, disk)
	if t.Network != "" {
		net, err := f.Network(ctx, t.Network)
		if err != nil {
			return err
		}
		backing, err := net.EthernetCardBackingInfo(ctx)
		if err != nil {
			return err
		}
		nic, err := devices.CreateEthernetCard("vmxnet3", backing)
		if err != nil {
			return err
		}
		devices = append(devices, nic)
	}
	change, err := devices.ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
	if err != nil {
		return err
	}
	task, err := folder.CreateVM(ctx, types.VirtualMachineConfigSpec{
		Name: t.Name, GuestId: t.GuestID, NumCPUs: t.CPUs, MemoryMB: t.MemoryMB,
		Files:        &types.VirtualMachineFileInfo{VmPathName: "[" + ds[0].Name() + "]"},
		DeviceChange: change,
	}, pool, nil)
	if err != nil {
		return err
	}
	info, err := task.WaitForResult(ctx, nil)
	if err != nil {
		return err
	}
	vm := object.NewVirtualMachine(pool.Client(), info.Result.(types.ManagedObjectReference))
	return vm.MarkAsTemplate(ctx)
}
