package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io/ioutil"
	"net/http"
	"reflect"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
	vimxml "github.com/vmware/govmomi/vim25/xml"
)

// front stands before the packaged simulator. Per SOAP call, in this order:
// schema check, injected fault, method added here, delayed task, and for some
// methods a correction once the simulator has done its part (see extras.go).
type front struct {
	next      http.Handler
	local     *vim25.Client // in-process, not subject to faults or delays
	taskDelay time.Duration
	guest     guestConfig
	strict    bool
	user      string // for the front's own sessions
	password  string

	mu        sync.Mutex
	busy      map[types.ManagedObjectReference]bool
	building  map[types.ManagedObjectReference]bool          // shown while their clone runs
	waiting   map[types.ManagedObjectReference]chan struct{} // delayed tasks, by task
	faults    []*fault
	denied    map[string]bool // privileges that the user lacks
	calls     map[string]int64
	panics    []string
	saved     map[types.ManagedObjectReference]savedState
	fixed     map[string]string // addresses set by customization, by machine/card
	cloneLock sync.Mutex
	tasks     sync.WaitGroup
}

func newFront(next http.Handler, svc *simulator.Service, taskDelay time.Duration, guest guestConfig, strict bool) (*front, error) {
	c, err := vim25.NewClient(context.Background(), svc)
	if err != nil {
		return nil, err
	}
	return &front{
		next: next, local: c, taskDelay: taskDelay, guest: guest, strict: strict,
		busy:     map[types.ManagedObjectReference]bool{},
		building: map[types.ManagedObjectReference]bool{},
		waiting:  map[types.ManagedObjectReference]chan struct{}{},
		calls:    map[string]int64{},
		fixed:    map[string]string{},
		saved:    map[types.ManagedObjectReference]savedState{},
	}, nil
}

// drain waits for delayed tasks, at most d.
func (f *front) drain(d time.Duration) {
	done := make(chan struct{})
	go func() { f.tasks.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(d):
	}
}

// reply is a finished SOAP answer.
type reply struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (r *reply) Header() http.Header         { return r.header }
func (r *reply) WriteHeader(status int)      { r.status = status }
func (r *reply) Write(b []byte) (int, error) { return r.body.Write(b) }
func newReply() *reply                       { return &reply{status: http.StatusOK, header: http.Header{}} }

func (r *reply) send(w http.ResponseWriter) {
	for k, v := range r.header {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body.Bytes())
}

const envelopeOpen = xml.Header + `<soapenv:Envelope xmlns:soapenv="` + soapNS +
	`" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="` + xsiNS + `"><soapenv:Body>`
const envelopeClose = `</soapenv:Body></soapenv:Envelope>`

func faultReply(msg string, detail types.BaseMethodFault) *reply {
	r := newReply()
	r.status = http.StatusInternalServerError
	name := reflect.TypeOf(detail).Elem().Name()
	r.body.WriteString(envelopeOpen + `<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>`)
	_ = xml.EscapeText(&r.body, []byte(msg))
	r.body.WriteString(`</faultstring><detail>`)
	_ = vimxml.NewEncoder(&r.body).EncodeElement(detail, vimxml.StartElement{
		Name: vimxml.Name{Local: name + "Fault"},
		Attr: []vimxml.Attr{{Name: vimxml.Name{Local: "xmlns"}, Value: vimNS}, {Name: vimxml.Name{Local: "xsi:type"}, Value: name}},
	})
	r.body.WriteString(`</detail></soapenv:Fault>` + envelopeClose)
	return r
}

// resultReply wraps the XML of a return value, or nothing for a void method.
func resultReply(method, inner string) *reply {
	r := newReply()
	r.body.WriteString(envelopeOpen + `<` + method + `Response xmlns="` + vimNS + `">` + inner + `</` + method + `Response>` + envelopeClose)
	return r
}

// proxyReply is what stands in front of a vCenter that is too busy or away.
func proxyReply(status, pause int) *reply {
	r := newReply()
	r.status = status
	if pause > 0 {
		r.header.Set("Retry-After", fmt.Sprint(pause))
	}
	r.body.WriteString(http.StatusText(status))
	return r
}

func taskReply(method string, task types.ManagedObjectReference) *reply {
	return resultReply(method, `<returnval type="Task">`+task.Value+`</returnval>`)
}

// faultOf reads the fault out of an answer, or nil.
func (r *reply) faultOf() types.BaseMethodFault {
	if r.status == http.StatusOK {
		return nil
	}
	var body struct {
		Fault *soap.Fault `xml:"http://schemas.xmlsoap.org/soap/envelope/ Fault"`
	}
	dec := vimxml.NewDecoder(bytes.NewReader(r.body.Bytes()))
	dec.TypeFunc = types.TypeFunc()
	if err := dec.Decode(&soap.Envelope{Body: &body}); err == nil && body.Fault != nil {
		v := reflect.New(reflect.TypeOf(body.Fault.VimFault()))
		v.Elem().Set(reflect.ValueOf(body.Fault.VimFault()))
		if mf, ok := v.Interface().(types.BaseMethodFault); ok {
			return mf
		}
	}
	return &types.SystemError{Reason: "unreadable fault"}
}

// taskOf reads the task reference out of an answer, or nil.
func (r *reply) taskOf() *simulator.Task {
	call, err := soapCall(r.body.Bytes())
	if err != nil || len(call.kids) == 0 {
		return nil
	}
	t, _ := simulator.Map.Get(types.ManagedObjectReference{Type: "Task", Value: call.kids[0].text}).(*simulator.Task)
	return t
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/_sim/") {
		f.control(w, r)
		return
	}
	if r.Method != http.MethodPost || (r.URL.Path != vim25.Path && r.URL.Path != vim25.Path+"/vimService") {
		f.next.ServeHTTP(w, r)
		return
	}
	raw, err := ioutil.ReadAll(r.Body)
	if err != nil {
		return
	}
	f.soap(r, raw).send(w)
}

func (f *front) soap(r *http.Request, raw []byte) *reply {
	call, err := soapCall(raw)
	if err != nil {
		return faultReply(err.Error(), &types.InvalidRequest{})
	}
	f.mu.Lock()
	f.calls[call.name]++
	f.mu.Unlock()
	if f.strict {
		if err := checkCall(call); err != nil {
			return faultReply(err.Error(), &types.InvalidRequest{})
		}
		if err := checkVersion(r.Header.Get("SOAPAction"), call.name, f.local.ServiceContent.About.ApiVersion); err != nil {
			return faultReply(err.Error(), &types.InvalidRequest{})
		}
	}
	if call.name == "Fetch" {
		return f.pass(r, raw)
	}
	m, err := simulator.UnmarshalBody(vimType, raw)
	if err != nil {
		return faultReply(err.Error(), &types.InvalidRequest{})
	}

	injected := f.takeFault(call.name, m.This)
	if injected != nil && !injected.InTask {
		if !(injected.Drop && injected.After) {
			injected.wait()
		}
		switch {
		case injected.onlyLate():
			injected = nil
		case injected.Drop && injected.After:
			if injected.DelayMs == 0 {
				f.handle(r, raw, call.name, m, nil)
			} else {
				f.handleLater(r, raw, call.name, m, injected.delay())
			}
			panic(http.ErrAbortHandler)
		case injected.Drop:
			panic(http.ErrAbortHandler)
		case injected.Status != 0:
			return proxyReply(injected.Status, injected.Pause)
		default:
			return faultReply(injected.words(), injected.make())
		}
	}
	return f.handle(r, raw, call.name, m, injected)
}

// handleLater carries a call out when nobody waits for it any more.
func (f *front) handleLater(r *http.Request, raw []byte, method string, m *simulator.Method, delay time.Duration) {
	late := r.Clone(context.Background())
	time.AfterFunc(delay, func() { f.handle(f.asItself(late), raw, method, m, nil) })
}

// handle carries a call out; a fault that is left fails its task.
func (f *front) handle(r *http.Request, raw []byte, method string, m *simulator.Method, injected *fault) *reply {
	f.mu.Lock()
	delayed, building := f.taskDelay > 0, f.building[m.This]
	f.mu.Unlock()
	if rep := f.forbidden(m); rep != nil {
		return rep
	}
	if req, ok := m.Body.(*types.HasPrivilegeOnEntities); ok {
		if rep := f.preflight(r, m); rep != nil {
			return rep
		}
		return f.privileges(req)
	}
	if building { // a machine that is being cloned does not take orders yet
		return faultReply("another task is in progress", &types.TaskInProgress{})
	}

	extra, isExtra := extraMethods[method]
	isTask := strings.HasSuffix(method, "_Task")
	if !isExtra && !(isTask && (delayed || injected != nil)) {
		return f.invoke(r, raw, m)
	}
	// The session and the target are checked before a task is handed out.
	if rep := f.preflight(r, m); rep != nil {
		return rep
	}
	run := func() (types.AnyType, types.BaseMethodFault) {
		if isExtra {
			return extra(f, m)
		}
		own := f.asItself(r)
		defer f.pass(own, []byte(envelopeOpen+`<Logout xmlns="`+vimNS+`"><_this type="SessionManager">SessionManager</_this></Logout>`+envelopeClose))
		rep := f.invoke(own, raw, m)
		if mf := rep.faultOf(); mf != nil {
			return nil, mf
		}
		t := rep.taskOf()
		if t == nil {
			return nil, &types.SystemError{Reason: "no task in the answer"}
		}
		if t.Info.Error != nil {
			return nil, t.Info.Error.Fault
		}
		return t.Info.Result, nil
	}
	if !isTask {
		res, mf := run()
		if mf != nil {
			return faultReply("", mf)
		}
		inner, _ := res.(string)
		return resultReply(method, inner)
	}
	return f.deferred(m, injected, run)
}

// deferred hands out a running task and does the work later.
func (f *front) deferred(m *simulator.Method, injected *fault, run func() (types.AnyType, types.BaseMethodFault)) *reply {
	method, target := m.Name, m.This
	entity := worksOn(target)
	exclusive := entity.Type == "VirtualMachine" && method != "CloneVM_Task"
	f.mu.Lock()
	if exclusive && f.busy[entity] {
		f.mu.Unlock()
		return faultReply("another task is in progress", &types.TaskInProgress{})
	}
	if exclusive {
		f.busy[entity] = true
	}
	cancel := make(chan struct{})
	f.mu.Unlock()

	f.mu.Lock()
	delay := f.taskDelay
	f.mu.Unlock()
	if injected != nil && injected.DelayMs > 0 {
		delay = injected.delay()
	}
	// as a vCenter names them: powerOn, clone, destroy
	name := strings.ToLower(method[:1]) + strings.TrimSuffix(strings.TrimSuffix(method[1:], "_Task"), "VM")
	task := simulator.CreateTask(entity, name, nil)
	// not Task.Run: that writes to the task without its lock
	update := func(changes ...types.PropertyChange) {
		simulator.Map.WithLock(task, func() { simulator.Map.Update(task, changes) })
	}
	update(types.PropertyChange{Name: "info.startTime", Val: time.Now()},
		types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateRunning})
	f.mu.Lock()
	f.waiting[task.Self] = cancel
	f.mu.Unlock()
	recent(entity, task.Self)
	shown := f.showBuilding(m)
	f.tasks.Add(1)
	go func() {
		defer f.tasks.Done()
		var res types.AnyType
		var mf types.BaseMethodFault
		words := ""
		select {
		case <-cancel:
			f.hideBuilding(shown)
			mf = &types.RequestCanceled{}
		case <-time.After(delay):
			f.mu.Lock()
			delete(f.waiting, task.Self) // from here on it cannot be cancelled
			f.mu.Unlock()
			f.hideBuilding(shown)
			if injected != nil {
				mf, words = injected.make(), injected.words()
			} else {
				res, mf = run()
				f.settle(res, mf, delay/2)
			}
		}
		if exclusive {
			f.mu.Lock()
			delete(f.busy, entity)
			f.mu.Unlock()
		}
		changes := []types.PropertyChange{{Name: "info.completeTime", Val: time.Now()}}
		if mf != nil {
			if words == "" {
				words = fmt.Sprintf("%T", mf)
			}
			f.tellFailedClone(m, mf, words)
			changes = append(changes, types.PropertyChange{Name: "info.error", Val: types.LocalizedMethodFault{Fault: mf, LocalizedMessage: words}},
				types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateError})
		} else {
			changes = append(changes, types.PropertyChange{Name: "info.result", Val: res},
				types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateSuccess})
		}
		update(changes...)
		forget(entity)
	}()
	return taskReply(method, task.Self)
}

// settle lets some time pass between a task's effect and its end: a machine can
// be seen whole, and takes no orders yet.
func (f *front) settle(result types.AnyType, mf types.BaseMethodFault, rest time.Duration) {
	if mf != nil {
		return
	}
	made, isMachine := result.(types.ManagedObjectReference)
	isMachine = isMachine && made.Type == "VirtualMachine"
	if isMachine {
		f.setBusy(made, true)
	}
	time.Sleep(rest)
	if isMachine {
		f.setBusy(made, false)
	}
}

func (f *front) setBusy(ref types.ManagedObjectReference, busy bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if busy {
		f.busy[ref] = true
	} else {
		delete(f.busy, ref)
	}
}

// preflight answers for a dead session or an unknown target, else nil.
func (f *front) preflight(r *http.Request, m *simulator.Method) *reply {
	probe := envelopeOpen + `<CurrentTime xmlns="` + vimNS + `"><_this type="ServiceInstance">ServiceInstance</_this></CurrentTime>` + envelopeClose
	if rep := f.pass(r, []byte(probe)); rep.status != http.StatusOK {
		return rep
	}
	if gone(m.This) {
		return notFound(m.This)
	}
	return nil
}

// gone is true for what is not there; a snapshot goes with its machine, which
// the packaged simulator forgets.
func gone(ref types.ManagedObjectReference) bool {
	object := simulator.Map.Get(ref)
	if snap, ok := object.(*simulator.VirtualMachineSnapshot); ok {
		return simulator.Map.Get(snap.Vm) == nil
	}
	return object == nil
}

func notFound(ref types.ManagedObjectReference) *reply {
	return faultReply("managed object not found: "+ref.String(), &types.ManagedObjectNotFound{Obj: ref})
}

// asItself puts the front's own session in the place of the caller's: a task
// outlives the session that began it.
func (f *front) asItself(r *http.Request) *http.Request {
	own := r.Clone(context.Background())
	own.Header.Del("Cookie")
	var user, password bytes.Buffer
	_ = xml.EscapeText(&user, []byte(f.user))
	_ = xml.EscapeText(&password, []byte(f.password))
	login := envelopeOpen + `<Login xmlns="` + vimNS + `"><_this type="SessionManager">SessionManager</_this><userName>` +
		user.String() + `</userName><password>` + password.String() + `</password></Login>` + envelopeClose
	rep := f.pass(own, []byte(login))
	for _, cookie := range (&http.Response{Header: rep.header}).Cookies() {
		own.AddCookie(cookie)
	}
	return own
}

// pass sends one request to the simulator; a crash in it becomes SystemError.
func (f *front) pass(r *http.Request, raw []byte) (rep *reply) {
	rep = newReply()
	defer func() {
		if p := recover(); p != nil {
			f.mu.Lock()
			f.panics = append(f.panics, fmt.Sprintf("%v\n%s", p, debug.Stack()))
			f.mu.Unlock()
			rep = faultReply(fmt.Sprintf("simulator crashed: %v", p), &types.SystemError{Reason: "simulator crashed"})
		}
	}()
	in := r.Clone(r.Context())
	in.Body = ioutil.NopCloser(bytes.NewReader(raw))
	in.ContentLength = int64(len(raw))
	f.next.ServeHTTP(rep, in)
	return rep
}

// invoke runs one call with the correction that belongs to the method, if any.
func (f *front) invoke(r *http.Request, raw []byte, m *simulator.Method) *reply {
	if m.This.Type == "VirtualMachineSnapshot" && gone(m.This) {
		return notFound(m.This)
	}
	fix, ok := corrections[m.Name]
	if !ok {
		return f.pass(r, raw)
	}
	return fix(f, m, func() *reply { return f.pass(r, raw) }, func(body interface{}) *reply {
		var b bytes.Buffer
		env := soap.Envelope{Body: body}
		if err := vimxml.NewEncoder(&b).Encode(env); err != nil {
			return faultReply(err.Error(), &types.SystemError{Reason: err.Error()})
		}
		return f.pass(r, b.Bytes())
	})
}
