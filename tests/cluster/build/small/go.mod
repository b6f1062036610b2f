module portolan.test/cluster/small

go 1.22
