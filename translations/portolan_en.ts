<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>PageParts</name>
    <message numerus="yes">
        <source>and %Ln more in the table</source>
        <translation>
            <numerusform>and %Ln more in the table</numerusform>
            <numerusform>and %Ln more in the table</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PathWords</name>
    <message numerus="yes">
        <source>Service: %1 → %Ln endpoint(s)</source>
        <translation>
            <numerusform>Service: %1 → %Ln endpoint</numerusform>
            <numerusform>Service: %1 → %Ln endpoints</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PodPage</name>
    <message numerus="yes">
        <source>%Ln restart(s)</source>
        <translation>
            <numerusform>%Ln restart</numerusform>
            <numerusform>%Ln restarts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicySections</name>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <translation>
            <numerusform>… and %Ln more</numerusform>
            <numerusform>… and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>all %Ln pod(s)</source>
        <translation>
            <numerusform>all %Ln pod</numerusform>
            <numerusform>all %Ln pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pod(s)</source>
        <translation>
            <numerusform>%Ln pod</numerusform>
            <numerusform>%Ln pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every pod: %Ln</source>
        <translation>
            <numerusform>Every pod: %Ln</numerusform>
            <numerusform>Every pod: %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln node(s)</source>
        <translation>
            <numerusform>%Ln node</numerusform>
            <numerusform>%Ln nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It may select %Ln more pod(s): that cannot be told.</source>
        <translation>
            <numerusform>It may select %Ln more pod: that cannot be told.</numerusform>
            <numerusform>It may select %Ln more pods: that cannot be told.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PolicyWords</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pod(s)</source>
        <translation>
            <numerusform>%Ln pod</numerusform>
            <numerusform>%Ln pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln node(s)</source>
        <translation>
            <numerusform>%Ln node</numerusform>
            <numerusform>%Ln nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln range(s) of addresses outside</source>
        <translation>
            <numerusform>%Ln range of addresses outside</numerusform>
            <numerusform>%Ln ranges of addresses outside</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ServicePage</name>
    <message numerus="yes">
        <source>and %Ln more in the table</source>
        <translation>
            <numerusform>and %Ln more in the table</numerusform>
            <numerusform>and %Ln more in the table</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimeWords</name>
    <message numerus="yes">
        <source>%n s ago</source>
        <translation>
            <numerusform>%n s ago</numerusform>
            <numerusform>%n s ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WatchWords</name>
    <message numerus="yes">
        <source>%Ln watch(es)</source>
        <translation>
            <numerusform>%Ln watch</numerusform>
            <numerusform>%Ln watches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhatIfWords</name>
    <message numerus="yes">
        <source>%n cut off</source>
        <translation>
            <numerusform>%n cut off</numerusform>
            <numerusform>%n cut off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n opened</source>
        <translation>
            <numerusform>%n opened</numerusform>
            <numerusform>%n opened</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n no longer known</source>
        <translation>
            <numerusform>%n no longer known</numerusform>
            <numerusform>%n no longer known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more not listed</source>
        <translation>
            <numerusform>%n more not listed</numerusform>
            <numerusform>%n more not listed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhySection</name>
    <message numerus="yes">
        <source>and %Ln more that decided</source>
        <translation>
            <numerusform>and %Ln more that decided</numerusform>
            <numerusform>and %Ln more that decided</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portolan::ui::ControlsWidget</name>
    <message numerus="yes">
        <source>every %n s</source>
        <translation>
            <numerusform>every %n s</numerusform>
            <numerusform>every %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every %n s</source>
        <translation>
            <numerusform>Every %n s</numerusform>
            <numerusform>Every %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Burst of %n</source>
        <translation>
            <numerusform>Burst of %n</numerusform>
            <numerusform>Burst of %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portolan::ui::MainWindow</name>
    <message numerus="yes">
        <source>A name has 1 to 80 characters, and a cluster at most %n saved views.</source>
        <translation>
            <numerusform>A name has 1 to 80 characters, and a cluster at most %n saved view.</numerusform>
            <numerusform>A name has 1 to 80 characters, and a cluster at most %n saved views.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portolan::ui::MapMenus</name>
    <message numerus="yes">
        <source>Burst of %n</source>
        <translation>
            <numerusform>Burst of %n</numerusform>
            <numerusform>Burst of %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more: zoom in</source>
        <translation>
            <numerusform>%n more: zoom in</numerusform>
            <numerusform>%n more: zoom in</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portolan::ui::MatrixTable</name>
    <message numerus="yes">
        <source>%1 (%n workloads)</source>
        <translation>
            <numerusform>%1 (%n workload)</numerusform>
            <numerusform>%1 (%n workloads)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portolan::ui::MatrixView</name>
    <message numerus="yes">
        <source>%n workloads</source>
        <translation>
            <numerusform>%n workload</numerusform>
            <numerusform>%n workloads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portolan::ui::StatusStrip</name>
    <message numerus="yes">
        <source>%Ln pod(s)</source>
        <translation>
            <numerusform>%Ln pod</numerusform>
            <numerusform>%Ln pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln service(s)</source>
        <translation>
            <numerusform>%Ln service</numerusform>
            <numerusform>%Ln services</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln polic(ies)</source>
        <translation>
            <numerusform>%Ln policy</numerusform>
            <numerusform>%Ln policies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln node(s)</source>
        <translation>
            <numerusform>%Ln node</numerusform>
            <numerusform>%Ln nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not readable</source>
        <translation>
            <numerusform>%Ln not readable</numerusform>
            <numerusform>%Ln not readable</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portolan::ui::TablesView</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portolan::ui::WindowActions</name>
    <message numerus="yes">
        <source>Burst of %n</source>
        <translation>
            <numerusform>Burst of %n</numerusform>
            <numerusform>Burst of %n</numerusform>
        </translation>
    </message>
</context>
</TS>
