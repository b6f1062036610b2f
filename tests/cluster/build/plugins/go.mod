module portolan.test/cluster/plugins

go 1.24.2

require github.com/containernetworking/plugins v1.7.1
