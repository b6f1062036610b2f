// bulkpods makes many pod objects that no node ever runs, for benchmarks of
// those who list and watch them, and takes them away again.
//
//	bulkpods create 20000
//	bulkpods delete
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	perNamespace = 500
	workers      = 64
	bulkLabel    = "portolan.test/bulk"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	if err != nil {
		return err
	}
	config.WarningHandler = rest.NoWarnings{}
	config.QPS, config.Burst = 5000, 5000
	config.ContentType = "application/vnd.kubernetes.protobuf"
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	if len(arguments) == 1 && arguments[0] == "delete" {
		return remove(client)
	}
	if len(arguments) == 2 && arguments[0] == "create" {
		if n, err := strconv.Atoi(arguments[1]); err == nil && n > 0 {
			return create(client, n)
		}
	}
	return fmt.Errorf("usage: bulkpods create N | delete")
}

// forEach runs a job for 0..n-1 on all workers and returns the first error.
func forEach(n int, job func(i int) error) error {
	var next atomic.Int64
	var first atomic.Pointer[error]
	var group sync.WaitGroup
	for range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := int(next.Add(1)) - 1; i < n && first.Load() == nil; i = int(next.Add(1)) - 1 {
				if err := job(i); err != nil {
					first.CompareAndSwap(nil, &err)
				}
			}
		}()
	}
	group.Wait()
	if err := first.Load(); err != nil {
		return *err
	}
	return nil
}

func create(client kubernetes.Interface, n int) error {
	ctx := context.Background()
	namespaces := (n + perNamespace - 1) / perNamespace
	err := forEach(namespaces, func(i int) error {
		_, err := client.CoreV1().Namespaces().Create(ctx, &core.Namespace{ObjectMeta: meta.ObjectMeta{
			Name: namespaceName(i), Labels: map[string]string{bulkLabel: "true"}}}, meta.CreateOptions{})
		if ignoreExisting(err) != nil {
			return err
		}
		// Pods are refused until it is there, and its controller takes its time.
		_, err = client.CoreV1().ServiceAccounts(namespaceName(i)).Create(ctx,
			&core.ServiceAccount{ObjectMeta: meta.ObjectMeta{Name: "default"}}, meta.CreateOptions{})
		return ignoreExisting(err)
	})
	if err != nil {
		return err
	}
	return forEach(n, func(i int) error {
		pod := makePod(i)
		_, err := client.CoreV1().Pods(pod.Namespace).Create(ctx, pod, meta.CreateOptions{})
		return ignoreExisting(err)
	})
}

func ignoreExisting(err error) error {
	if errors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

func ignoreMissing(err error) error {
	if errors.IsNotFound(err) {
		return nil
	}
	return err
}

// Pod by pod: a whole collection is deleted one after the other by the API
// server, and longer than a request may take.
func remove(client kubernetes.Interface) error {
	ctx := context.Background()
	namespaces, err := client.CoreV1().Namespaces().List(ctx, meta.ListOptions{LabelSelector: bulkLabel})
	if err != nil {
		return err
	}
	var now int64
	for _, namespace := range namespaces.Items {
		pods := client.CoreV1().Pods(namespace.Name)
		list, err := pods.List(ctx, meta.ListOptions{ResourceVersion: "0"})
		if err != nil {
			return err
		}
		err = forEach(len(list.Items), func(i int) error {
			return ignoreMissing(pods.Delete(ctx, list.Items[i].Name, meta.DeleteOptions{GracePeriodSeconds: &now}))
		})
		if err != nil {
			return err
		}
	}
	return forEach(len(namespaces.Items), func(i int) error {
		return ignoreMissing(client.CoreV1().Namespaces().Delete(ctx, namespaces.Items[i].Name, meta.DeleteOptions{}))
	})
}
