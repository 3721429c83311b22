package main

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// fault is one rule of the control interface.
type fault struct {
	Method  string `json:"method"`  // SOAP method, "*" for any
	Target  string `json:"target"`  // managed object id, empty for any
	Fault   string `json:"fault"`   // vim25 fault type, e.g. InsufficientResourcesFault
	Words   string `json:"words"`   // what the fault says
	InTask  bool   `json:"inTask"`  // fail the task instead of the call
	Drop    bool   `json:"drop"`    // close the connection without an answer
	After   bool   `json:"after"`   // with drop: carry the call out all the same
	Status  int    `json:"status"`  // answer with this HTTP status and no SOAP, as a proxy does
	Pause   int    `json:"pause"`   // with status: seconds of Retry-After
	DelayMs int    `json:"delayMs"` // before failing, or carrying out; without a failure the call is only late
	Count   int    `json:"count"`   // how often; 0 means once, -1 always

	cleared chan struct{} // closed when the rule is cleared while it stands
}

// onlyLate says whether the rule does nothing but delay.
func (x *fault) onlyLate() bool { return x.Fault == "" && !x.Drop && x.Status == 0 }

func (x *fault) words() string {
	if x.Words != "" {
		return x.Words
	}
	return "injected " + x.Fault
}

func (x *fault) delay() time.Duration { return time.Duration(x.DelayMs) * time.Millisecond }

// wait lasts as long as the delay, or until the rule is cleared.
func (x *fault) wait() {
	select {
	case <-x.cleared:
	case <-time.After(x.delay()):
	}
}

func (x *fault) make() types.BaseMethodFault {
	if t, ok := vimType(x.Fault); ok {
		if mf, ok := reflect.New(t).Interface().(types.BaseMethodFault); ok {
			return mf
		}
	}
	return &types.SystemError{Reason: x.Fault}
}

func (f *front) takeFault(method string, target types.ManagedObjectReference) *fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, x := range f.faults {
		if (x.Method != "*" && x.Method != method) || (x.Target != "" && x.Target != target.Value) {
			continue
		}
		if x.InTask && !strings.HasSuffix(method, "_Task") {
			continue
		}
		if x.Count == 1 {
			f.faults = append(f.faults[:i:i], f.faults[i+1:]...)
		} else if x.Count > 1 {
			x.Count--
		}
		return x
	}
	return nil
}

// control serves /_sim/: see README.md.
func (f *front) control(w http.ResponseWriter, r *http.Request) {
	out := interface{}(map[string]bool{"ok": true})
	switch r.Method + " " + strings.TrimPrefix(r.URL.Path, "/_sim/") {
	case "GET stats":
		f.mu.Lock()
		calls := make(map[string]int64, len(f.calls))
		for k, v := range f.calls {
			calls[k] = v
		}
		n := simulator.Map.All("VirtualMachine")
		out = map[string]interface{}{"calls": calls, "crashes": append([]string{}, f.panics...), "virtualMachines": len(n), "pendingTasks": len(f.waiting)}
		f.mu.Unlock()
	case "DELETE stats":
		f.mu.Lock()
		f.calls, f.panics = map[string]int64{}, nil
		f.mu.Unlock()
	case "POST faults":
		x := new(fault)
		if err := json.NewDecoder(r.Body).Decode(x); err != nil || x.Method == "" {
			http.Error(w, "fault rule: JSON with at least method", http.StatusBadRequest)
			return
		}
		if _, ok := x.make().(*types.SystemError); ok && x.Fault != "SystemError" && x.Fault != "" {
			http.Error(w, "not a vim25 fault: "+x.Fault, http.StatusBadRequest)
			return
		}
		if x.Count == 0 {
			x.Count = 1
		}
		x.cleared = make(chan struct{})
		f.mu.Lock()
		f.faults = append(f.faults, x)
		f.mu.Unlock()
	case "DELETE faults":
		f.mu.Lock()
		for _, x := range f.faults {
			close(x.cleared)
		}
		f.faults = nil
		f.mu.Unlock()
	case "POST denied":
		var ids []string
		if err := json.NewDecoder(r.Body).Decode(&ids); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		f.mu.Lock()
		f.denied = map[string]bool{}
		for _, id := range ids {
			f.denied[id] = true
		}
		f.mu.Unlock()
	case "POST task-delay":
		var x struct {
			Ms int `json:"ms"`
		}
		if err := json.NewDecoder(r.Body).Decode(&x); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		f.mu.Lock()
		f.taskDelay = time.Duration(x.Ms) * time.Millisecond
		f.mu.Unlock()
	case "POST datastore":
		x := new(storeChange)
		err := json.NewDecoder(r.Body).Decode(x)
		if err == nil {
			err = x.make()
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
	default:
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(out)
}
