<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>BundleWords</name>
    <message>
        <source>%1 denied</source>
        <translation>거부 %1</translation>
    </message>
    <message>
        <source>%1 unknown</source>
        <translation>알 수 없음 %1</translation>
    </message>
</context>
<context>
    <name>ClusterPages</name>
    <message>
        <source>Created</source>
        <translation>생성 시각</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>준비되지 않음</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Scheduling</source>
        <translation>스케줄링</translation>
    </message>
    <message>
        <source>takes no new pods</source>
        <translation>새 파드를 받지 않음</translation>
    </message>
    <message>
        <source>Pod network</source>
        <translation>파드 네트워크</translation>
    </message>
    <message>
        <source>Kubelet</source>
        <translation>Kubelet</translation>
    </message>
    <message>
        <source>Container runtime</source>
        <translation>컨테이너 런타임</translation>
    </message>
    <message>
        <source>System</source>
        <translation>운영 체제</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Network annotations</source>
        <translation>네트워크 어노테이션</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>파드</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>네임스페이스</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>이벤트</translation>
    </message>
    <message>
        <source>About</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>마지막 발생</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>횟수</translation>
    </message>
    <message>
        <source>CNI agent</source>
        <translation>CNI 에이전트</translation>
    </message>
    <message>
        <source>Joined by</source>
        <translation>연결 방식</translation>
    </message>
    <message>
        <source>MTU, as configured</source>
        <translation>설정된 MTU</translation>
    </message>
    <message>
        <source>Of its keys only those are read that the chart needs.</source>
        <translation>키 가운데 지도에 필요한 것만 읽습니다.</translation>
    </message>
</context>
<context>
    <name>ClusterTables</name>
    <message>
        <source>Namespace</source>
        <translation>네임스페이스</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>Selects</source>
        <translation>선택 대상</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>파드</translation>
    </message>
    <message>
        <source>Isolates</source>
        <translation>격리 방향</translation>
    </message>
    <message>
        <source>Incoming rules</source>
        <translation>수신 규칙</translation>
    </message>
    <message>
        <source>Outgoing rules</source>
        <translation>송신 규칙</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>생성 시각</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>준비되지 않음</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Pod network</source>
        <translation>파드 네트워크</translation>
    </message>
    <message>
        <source>Schedulable</source>
        <translation>스케줄 가능</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>Kubelet</source>
        <translation>Kubelet</translation>
    </message>
    <message>
        <source>System</source>
        <translation>운영 체제</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Container runtime</source>
        <translation>컨테이너 런타임</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>네임스페이스</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>마지막 발생</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>About</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>횟수</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>이벤트</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>CNI agent</source>
        <translation>CNI 에이전트</translation>
    </message>
    <message>
        <source>Joined by</source>
        <translation>연결 방식</translation>
    </message>
    <message>
        <source>MTU, as configured</source>
        <translation>설정된 MTU</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>no policy restricts it</source>
        <translation>제한하는 정책 없음</translation>
    </message>
    <message>
        <source>The probe measured: %1.</source>
        <translation>프로브 측정 결과: %1.</translation>
    </message>
    <message>
        <source>The probe of %1 measured: %2.</source>
        <translation>%1 프로브 측정 결과: %2.</translation>
    </message>
    <message>
        <source>The policies allow it (%1).</source>
        <translation>정책은 허용합니다 (%1).</translation>
    </message>
    <message>
        <source>The policies deny it (%1).</source>
        <translation>정책은 거부합니다 (%1).</translation>
    </message>
    <message>
        <source>No policy loses these packets. Something below the policies does: a route, a tunnel, an MTU, a node&apos;s firewall, or the destination itself.</source>
        <translation>패킷을 잃게 한 것은 정책이 아닙니다. 경로, 터널, MTU, 노드 방화벽, 또는 목적지 자체 등 정책보다 아래 계층의 문제입니다.</translation>
    </message>
    <message>
        <source>What denies it is not enforced here, not yet, or means something else to who enforces it.</source>
        <translation>거부하는 정책이 여기서 적용되지 않거나, 아직 적용되지 않았거나, 적용하는 쪽이 다르게 해석합니다.</translation>
    </message>
    <message>
        <source>Policy and probe disagree</source>
        <translation>정책과 프로브가 일치하지 않습니다</translation>
    </message>
    <message>
        <source>The policies deny this connection; whether that is what stopped it cannot be told from this answer.</source>
        <translation>정책이 이 연결을 거부하지만, 그 때문에 막혔는지는 이 응답으로 알 수 없습니다.</translation>
    </message>
    <message>
        <source>No answer came back. The policies allow it; over UDP silence may mean a lost packet or a destination that does not answer.</source>
        <translation>응답이 오지 않았습니다. 정책은 허용합니다. UDP에서 무응답은 패킷 손실일 수도, 목적지가 답하지 않는 것일 수도 있습니다.</translation>
    </message>
    <message>
        <source>The destination is there and refuses: nothing listens on that port. The policies allow it.</source>
        <translation>목적지가 있지만 거절합니다: 그 포트에서 수신 대기 중인 것이 없습니다. 정책은 허용합니다.</translation>
    </message>
    <message>
        <source>Probed before the policies changed</source>
        <translation>정책이 바뀌기 전의 프로브</translation>
    </message>
    <message>
        <source>A policy that decides now was made after that. Probe again to compare.</source>
        <translation>지금 결정하는 정책이 그 이후에 만들어졌습니다. 비교하려면 다시 프로브하세요.</translation>
    </message>
    <message>
        <source>As the policies say</source>
        <translation>정책과 일치합니다</translation>
    </message>
    <message>
        <source>The policies deny this connection (%1), and no answer came back.</source>
        <translation>정책이 이 연결을 거부하며 (%1), 응답이 오지 않았습니다.</translation>
    </message>
    <message>
        <source>The probe gave no result</source>
        <translation>프로브 결과가 없습니다</translation>
    </message>
</context>
<context>
    <name>ConnectionPage</name>
    <message>
        <source>Policy says</source>
        <translation>정책 판정</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <source>What the network policies of source and destination say together.</source>
        <translation>출발지와 목적지의 네트워크 정책을 함께 본 판정입니다.</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>관측</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>What the cluster itself reports of the destination: ready endpoints or pods.</source>
        <translation>클러스터가 목적지에 대해 보고하는 것: 준비된 엔드포인트 또는 파드입니다.</translation>
    </message>
    <message>
        <source>%1 ready</source>
        <translation>%1 준비됨</translation>
    </message>
    <message>
        <source>Pod ready</source>
        <translation>파드 준비됨</translation>
    </message>
    <message>
        <source>Pod not ready</source>
        <translation>준비되지 않은 파드</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>외부</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>프로브</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>실행 중…</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>불가능</translation>
    </message>
    <message>
        <source>No pod stands at its start, or no port is known to ask.</source>
        <translation>시작 쪽에 파드가 없거나, 물어볼 포트를 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Layer by layer</source>
        <translation>계층별 결과</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>확인하는 중…</translation>
    </message>
    <message>
        <source>Probed</source>
        <translation>프로브 시각</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>질의</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>Earlier probes</source>
        <translation>이전 프로브</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>%1 dropped</source>
        <comment>records</comment>
        <translation>%1건 폐기</translation>
    </message>
    <message>
        <source>%1 forwarded</source>
        <comment>records</comment>
        <translation>%1건 전달</translation>
    </message>
</context>
<context>
    <name>ErrorWords</name>
    <message>
        <source>Cancelled</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>제시간에 응답이 없음</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>찾을 수 없음</translation>
    </message>
    <message>
        <source>Not understood</source>
        <translation>이해할 수 없음</translation>
    </message>
    <message>
        <source>The server does not know these credentials</source>
        <translation>서버가 이 자격 증명을 인정하지 않음</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>권한 없음</translation>
    </message>
    <message>
        <source>Not reachable now</source>
        <translation>지금은 연결할 수 없음</translation>
    </message>
    <message>
        <source>Too old for the server</source>
        <translation>서버가 보관하는 범위보다 오래됨</translation>
    </message>
    <message>
        <source>Unexpected answer</source>
        <translation>예상하지 못한 응답</translation>
    </message>
    <message>
        <source>Not possible here</source>
        <translation>여기서는 할 수 없음</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>너무 큼</translation>
    </message>
    <message>
        <source>Not possible in this state</source>
        <translation>현재 상태에서는 할 수 없음</translation>
    </message>
    <message>
        <source>Reading or writing failed</source>
        <translation>읽기 또는 쓰기 실패</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>title of an error, its details</comment>
        <translation>%1. %2</translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <source>Nodes view</source>
        <translation>노드 보기</translation>
    </message>
    <message>
        <source>Services view</source>
        <translation>서비스 보기</translation>
    </message>
    <message>
        <source>only what was selected</source>
        <translation>선택한 것만</translation>
    </message>
</context>
<context>
    <name>FarWords</name>
    <message>
        <source>1 line inside</source>
        <translation>내부 연결 1개</translation>
    </message>
    <message>
        <source>%1 lines inside</source>
        <translation>내부 연결 %1개</translation>
    </message>
    <message>
        <source>from %1 places</source>
        <comment>boxes of the map</comment>
        <translation>%1곳에서</translation>
    </message>
    <message>
        <source>to %1 places</source>
        <comment>boxes of the map</comment>
        <translation>%1곳으로</translation>
    </message>
</context>
<context>
    <name>FindingWords</name>
    <message>
        <source>Service without endpoints</source>
        <translation>엔드포인트 없는 서비스</translation>
    </message>
    <message>
        <source>Connections to {object} fail: no ready pod stands behind it.</source>
        <translation>{object}(으)로의 연결이 실패합니다: 뒤에 준비된 파드가 없습니다.</translation>
    </message>
    <message>
        <source>Target port missing</source>
        <translation>대상 포트 없음</translation>
    </message>
    <message>
        <source>Port {port} of {object} leads to the port named “{target}”, which no selected pod declares.</source>
        <translation>{object}의 포트 {port}은(는) “{target}” 포트로 이어지지만, 선택된 어떤 파드도 이 포트를 선언하지 않습니다.</translation>
    </message>
    <message>
        <source>Ingress leads nowhere</source>
        <translation>갈 곳 없는 인그레스</translation>
    </message>
    <message>
        <source>{object} sends {host}{path} to {service}:{port}, which does not exist.</source>
        <translation>{object}이(가) {host}{path}을(를) 존재하지 않는 {service}:{port}(으)로 보냅니다.</translation>
    </message>
    <message>
        <source>Pod not ready</source>
        <translation>준비되지 않은 파드</translation>
    </message>
    <message>
        <source>{object} is not ready ({reason}, {restarts} restarts): services send it no traffic.</source>
        <translation>{object}이(가) 준비되지 않았습니다({reason}, 재시작 {restarts}회): 서비스가 트래픽을 보내지 않습니다.</translation>
    </message>
    <message>
        <source>Node not ready</source>
        <translation>준비되지 않은 노드</translation>
    </message>
    <message>
        <source>{object} is not ready ({reason}): its pods may be out of reach.</source>
        <translation>{object}이(가) 준비되지 않았습니다({reason}): 그 파드에 닿지 못할 수 있습니다.</translation>
    </message>
    <message>
        <source>Probe failed</source>
        <translation>실패한 프로브</translation>
    </message>
    <message>
        <source>From {object} to {destination}, port {port}: {outcome}.</source>
        <translation>{object}에서 {destination}, 포트 {port}: {outcome}.</translation>
    </message>
    <message>
        <source>Namespace open to all</source>
        <translation>모두에게 열린 네임스페이스</translation>
    </message>
    <message>
        <source>No policy says who may reach the {pods} pods of {object}: everyone may.</source>
        <translation>{object}의 파드 {pods}개에 누가 접근할 수 있는지 정한 정책이 없습니다: 누구나 접근할 수 있습니다.</translation>
    </message>
    <message>
        <source>Load balancer pending</source>
        <translation>대기 중인 로드 밸런서</translation>
    </message>
    <message>
        <source>{object} waits for an address from outside; nothing in this cluster has given it one.</source>
        <translation>{object}이(가) 외부 주소를 기다리고 있지만, 이 클러스터에는 주소를 준 것이 없습니다.</translation>
    </message>
    <message>
        <source>Policy selects no pod</source>
        <translation>파드를 선택하지 않는 정책</translation>
    </message>
    <message>
        <source>Not readable</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>{resource} could not be read, so what it holds is unknown: {reason}</source>
        <translation>{resource}을(를) 읽을 수 없어 내용을 알 수 없습니다: {reason}</translation>
    </message>
    <message>
        <source>No pod has the labels that it asks for: %1</source>
        <translation>요구하는 레이블을 가진 파드가 없습니다: %1</translation>
    </message>
    <message>
        <source>The pods that it selects are not ready.</source>
        <translation>선택된 파드가 준비되지 않았습니다.</translation>
    </message>
    <message>
        <source>Ready pods match, but no EndpointSlice names them.</source>
        <translation>준비된 파드가 일치하지만, 이를 가리키는 EndpointSlice가 없습니다.</translation>
    </message>
    <message>
        <source>What fails while the rest works: %1</source>
        <translation>다른 것은 되는데 실패하는 것: %1</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>경고</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>참고</translation>
    </message>
    <message>
        <source>Policy and probe disagree</source>
        <translation>정책과 프로브가 일치하지 않습니다</translation>
    </message>
    <message>
        <source>From {object} to {destination}, port {port}: the policies say {predicted} ({by}), the probe of {at} measured {outcome}.</source>
        <translation>{object}에서 {destination}(포트 {port}): 정책의 판정은 {predicted} ({by}), {at} 프로브의 측정은 {outcome}입니다.</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>허용</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>no policy restricts it</source>
        <translation>제한하는 정책 없음</translation>
    </message>
    <message>
        <source>{object} has no effect: it selects no pod.</source>
        <translation>{object}은(는) 효과가 없습니다: 선택하는 파드가 없습니다.</translation>
    </message>
    <message>
        <source>Policies not enforced</source>
        <translation>정책이 적용되지 않음</translation>
    </message>
    <message>
        <source>CNI agent not ready</source>
        <translation>CNI 에이전트가 준비되지 않음</translation>
    </message>
    <message>
        <source>{agent} on {object} is not ready ({reason}): new pods there get no network, and routes and policies may be stale.</source>
        <translation>{object}의 {agent}이(가) 준비되지 않았습니다({reason}). 그곳의 새 파드는 네트워크를 얻지 못하고, 경로와 정책이 오래된 것일 수 있습니다.</translation>
    </message>
    <message>
        <source>there is no pod of it</source>
        <comment>on a node</comment>
        <translation>이 노드에 그 파드가 없음</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>이유가 주어지지 않음</translation>
    </message>
    <message>
        <source>{policies} policies are present, and nothing enforces them: they keep no connection out ({because}).</source>
        <translation>정책 {policies}개가 있지만 아무것도 적용하지 않습니다. 어떤 연결도 막지 않습니다({because}).</translation>
    </message>
    <message>
        <source>Policy and flow log disagree</source>
        <translation>정책과 흐름 기록이 다름</translation>
    </message>
    <message>
        <source>From {object} to {destination}, port {port}: the policies of now say {predicted} ({by}), the flow log saw it {seen} at {at}.</source>
        <translation>{object}에서 {destination}(으)로, 포트 {port}: 지금의 정책은 {predicted}({by})인데, 흐름 기록에는 {at}에 {seen}(으)로 남아 있습니다.</translation>
    </message>
    <message>
        <source>dropped by policy</source>
        <comment>a flow</comment>
        <translation>정책에 의한 폐기</translation>
    </message>
    <message>
        <source>forwarded</source>
        <comment>a flow</comment>
        <translation>전달</translation>
    </message>
</context>
<context>
    <name>FlowText</name>
    <message>
        <source>%1/min</source>
        <comment>a rate</comment>
        <translation>분당 %1</translation>
    </message>
    <message>
        <source>%1 forwarded</source>
        <comment>records of a flow log</comment>
        <translation>%1건 전달</translation>
    </message>
    <message>
        <source>%1 dropped</source>
        <comment>records of a flow log</comment>
        <translation>%1건 폐기</translation>
    </message>
    <message>
        <source>%1 dropped (%2)</source>
        <comment>records of a flow log, the log&apos;s reason</comment>
        <translation>%1건 폐기(%2)</translation>
    </message>
    <message>
        <source>no flows in the log of %1</source>
        <translation>%1 기록에 흐름 없음</translation>
    </message>
    <message>
        <source>flows of %1, %2 to %3 UTC</source>
        <translation>%1 흐름, %2~%3 UTC</translation>
    </message>
    <message>
        <source>not all could be read</source>
        <translation>일부는 읽지 못함</translation>
    </message>
</context>
<context>
    <name>FlowsSection</name>
    <message>
        <source>Observed flows</source>
        <translation>관측된 흐름</translation>
    </message>
    <message>
        <source>Why dropped</source>
        <translation>폐기 이유</translation>
    </message>
</context>
<context>
    <name>LatencySummary</name>
    <message>
        <source>no probe yet</source>
        <translation>아직 프로브 없음</translation>
    </message>
    <message>
        <source>1 reached (%1)</source>
        <translation>1회 도달(%1)</translation>
    </message>
    <message>
        <source>%1 reached (%2 to %3, median %4)</source>
        <translation>%1회 도달(%2~%3, 중앙값 %4)</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1회 실패</translation>
    </message>
    <message>
        <source>%1 without a clear answer</source>
        <translation>%1회 불분명</translation>
    </message>
    <message>
        <source>1 probe: %1</source>
        <translation>프로브 1회: %1</translation>
    </message>
    <message>
        <source>%1 probes: %2</source>
        <translation>프로브 %1회: %2</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>allowed by policy</source>
        <translation>정책이 허용</translation>
    </message>
    <message>
        <source>denied by policy</source>
        <translation>정책이 거부</translation>
    </message>
    <message>
        <source>allowed for some pods</source>
        <translation>일부 파드만 허용</translation>
    </message>
    <message>
        <source>policy unknown</source>
        <translation>정책 판정 불가</translation>
    </message>
    <message>
        <source>service → endpoint</source>
        <translation>서비스 → 엔드포인트</translation>
    </message>
    <message>
        <source>from outside → service</source>
        <translation>외부 → 서비스</translation>
    </message>
    <message>
        <source>probe reached</source>
        <translation>프로브 도달</translation>
    </message>
    <message>
        <source>probe failed</source>
        <translation>프로브 실패</translation>
    </message>
    <message>
        <source>probe without a clear answer</source>
        <translation>프로브 결과 불분명</translation>
    </message>
    <message>
        <source>policy and probe disagree</source>
        <translation>정책과 프로브 불일치</translation>
    </message>
    <message>
        <source>pod ready</source>
        <translation>준비된 파드</translation>
    </message>
    <message>
        <source>pod not ready</source>
        <translation>준비되지 않은 파드</translation>
    </message>
    <message>
        <source>pod failed</source>
        <translation>실패한 파드</translation>
    </message>
    <message>
        <source>pod pending</source>
        <translation>대기 중인 파드</translation>
    </message>
    <message>
        <source>pod finished</source>
        <translation>끝난 파드</translation>
    </message>
    <message>
        <source>isolated, incoming</source>
        <translation>격리됨(수신)</translation>
    </message>
    <message>
        <source>isolated, outgoing</source>
        <translation>격리됨(송신)</translation>
    </message>
    <message>
        <source>isolated, both directions</source>
        <translation>격리됨(양방향)</translation>
    </message>
    <message>
        <source>service without endpoints</source>
        <translation>엔드포인트 없는 서비스</translation>
    </message>
    <message>
        <source>pods chosen by labels</source>
        <translation>레이블로 고른 파드</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>policy, not enforced</source>
        <translation>정책 있음, 적용되지 않음</translation>
    </message>
    <message>
        <source>machines joined</source>
        <translation>노드 사이 연결</translation>
    </message>
    <message>
        <source>joined, one has a warning</source>
        <translation>연결, 한쪽에 경고</translation>
    </message>
    <message>
        <source>joined, one has a problem</source>
        <translation>연결, 한쪽에 문제</translation>
    </message>
    <message>
        <source>joined, how is not known</source>
        <translation>연결, 방식을 알 수 없음</translation>
    </message>
    <message>
        <source>named by no policy</source>
        <translation>정책에 이름이 없음</translation>
    </message>
    <message>
        <source>observed flow (width: rate)</source>
        <translation>관측된 흐름(굵기: 빈도)</translation>
    </message>
    <message>
        <source>observed, dropped</source>
        <translation>관측됨, 폐기</translation>
    </message>
</context>
<context>
    <name>LinkPage</name>
    <message>
        <source>Between two machines</source>
        <translation>두 노드 사이</translation>
    </message>
    <message>
        <source>Joined by</source>
        <translation>연결 방식</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>불확실한 점</translation>
    </message>
    <message>
        <source>All machines</source>
        <translation>모든 노드</translation>
    </message>
    <message>
        <source>MTU, as configured</source>
        <translation>설정된 MTU</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>By these objects</source>
        <translation>근거 객체</translation>
    </message>
</context>
<context>
    <name>LinkWords</name>
    <message>
        <source>routes between the machines</source>
        <translation>노드 간 라우트</translation>
    </message>
    <message>
        <source>routes of the network</source>
        <translation>네트워크의 라우트</translation>
    </message>
    <message>
        <source>not known</source>
        <comment>what joins the machines</comment>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>route</source>
        <comment>on a line between two machines; short</comment>
        <translation>경로</translation>
    </message>
    <message>
        <source>%1 tunnel</source>
        <comment>VXLAN</comment>
        <translation>%1 터널</translation>
    </message>
    <message>
        <source>routes by a BGP session, not encapsulated</source>
        <translation>BGP 세션의 라우트, 캡슐화 없음</translation>
    </message>
    <message>
        <source>routes between the machines, not encapsulated</source>
        <translation>노드 간 라우트, 캡슐화 없음</translation>
    </message>
    <message>
        <source>routes of the network between them, not encapsulated</source>
        <translation>노드 사이 네트워크의 라우트, 캡슐화 없음</translation>
    </message>
    <message>
        <source>no CNI agent is known here</source>
        <translation>알려진 CNI 에이전트가 없음</translation>
    </message>
    <message>
        <source>several CNI agents run</source>
        <translation>여러 CNI 에이전트가 실행 중</translation>
    </message>
    <message>
        <source>%1 was not read</source>
        <comment>a ConfigMap</comment>
        <translation>%1을(를) 읽지 못함</translation>
    </message>
    <message>
        <source>%1 is not understood</source>
        <comment>a ConfigMap</comment>
        <translation>%1을(를) 이해하지 못함</translation>
    </message>
    <message>
        <source>it differs between the machines</source>
        <translation>노드마다 다름</translation>
    </message>
    <message>
        <source>it differs between the machines: %1</source>
        <translation>노드마다 다름: %1</translation>
    </message>
    <message>
        <source>the API does not tell it</source>
        <translation>API에서 알 수 없음</translation>
    </message>
    <message>
        <source>within a subnet perhaps plain routes: %1 was not read</source>
        <translation>서브넷 안에서는 직접 라우팅일 수 있음: %1을(를) 읽지 못함</translation>
    </message>
    <message>
        <source>whether by BGP is not known: %1 was not read</source>
        <translation>BGP 사용 여부를 알 수 없음: %1을(를) 읽지 못함</translation>
    </message>
    <message>
        <source>whether both are in one subnet is not known</source>
        <translation>같은 서브넷인지 알 수 없음</translation>
    </message>
    <message>
        <source>%1 between subnets, else %2</source>
        <comment>VXLAN, routes between the machines</comment>
        <translation>서브넷 사이는 %1, 안에서는 %2</translation>
    </message>
    <message>
        <source>%1, encrypted by %2</source>
        <comment>VXLAN, WireGuard</comment>
        <translation>%1, %2 암호화</translation>
    </message>
    <message>
        <source>what joins the %1 machines is %2</source>
        <comment>2, not known: …</comment>
        <translation>노드 %1개의 연결 방식: %2</translation>
    </message>
    <message>
        <source>%1 machines joined by %2</source>
        <comment>2, VXLAN (Calico)</comment>
        <translation>노드 %1개 연결 방식: %2</translation>
    </message>
    <message>
        <source>automatic</source>
        <comment>MTU</comment>
        <translation>자동</translation>
    </message>
    <message>
        <source>not read</source>
        <comment>MTU</comment>
        <translation>읽지 못함</translation>
    </message>
</context>
<context>
    <name>MapTables</name>
    <message>
        <source>From</source>
        <translation>출발지</translation>
    </message>
    <message>
        <source>To</source>
        <translation>목적지</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>Policy says</source>
        <translation>정책 판정</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>근거</translation>
    </message>
    <message>
        <source>Because of</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>When</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Time taken</source>
        <translation>걸린 시간</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>Probes</source>
        <translation>프로브</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>심각도</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>발견 사항</translation>
    </message>
    <message>
        <source>About</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>의미</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>발견 사항</translation>
    </message>
    <message>
        <source>What</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>네임스페이스</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Not readable</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>Forwarded</source>
        <translation>전달</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>폐기</translation>
    </message>
    <message>
        <source>Why dropped</source>
        <translation>폐기 이유</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>빈도</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>마지막 관측</translation>
    </message>
    <message>
        <source>Observed flows</source>
        <translation>관측된 흐름</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>모든 것</translation>
    </message>
</context>
<context>
    <name>MapWords</name>
    <message>
        <source>isolated by policy in both directions</source>
        <translation>정책으로 양방향 격리됨</translation>
    </message>
    <message>
        <source>isolated by policy for incoming traffic</source>
        <translation>정책으로 수신 격리됨</translation>
    </message>
    <message>
        <source>isolated by policy for outgoing traffic</source>
        <translation>정책으로 송신 격리됨</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Ingress</source>
        <translation>인그레스</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>파드</translation>
    </message>
    <message>
        <source>any pod</source>
        <translation>모든 파드</translation>
    </message>
    <message>
        <source>has a problem</source>
        <translation>문제 있음</translation>
    </message>
    <message>
        <source>has a warning</source>
        <translation>경고 있음</translation>
    </message>
    <message>
        <source>has a note</source>
        <translation>참고 사항 있음</translation>
    </message>
    <message>
        <source>no endpoints</source>
        <translation>엔드포인트 없음</translation>
    </message>
    <message>
        <source>service to its endpoints</source>
        <translation>서비스에서 엔드포인트로</translation>
    </message>
    <message>
        <source>from outside to a service</source>
        <translation>외부에서 서비스로</translation>
    </message>
    <message>
        <source>named by a policy</source>
        <translation>정책에 언급됨</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>포트 %1</translation>
    </message>
    <message>
        <source>probe: %1, %2 ago</source>
        <comment>outcome, age</comment>
        <translation>프로브: %1, %2 전</translation>
    </message>
    <message>
        <source>policy and probe disagree</source>
        <translation>정책과 프로브 불일치</translation>
    </message>
    <message>
        <source>world</source>
        <translation>외부</translation>
    </message>
    <message>
        <source>on no node</source>
        <translation>노드 없음</translation>
    </message>
    <message>
        <source>1 pod</source>
        <translation>파드 1개</translation>
    </message>
    <message>
        <source>%1 pods</source>
        <translation>파드 %1개</translation>
    </message>
    <message>
        <source>%1 · %2 not ready</source>
        <comment>12 pods · 1 not ready</comment>
        <translation>%1 · %2개 준비되지 않음</translation>
    </message>
    <message>
        <source>not readable: %1</source>
        <translation>읽을 수 없음: %1</translation>
    </message>
    <message>
        <source>open to all namespaces</source>
        <translation>모든 네임스페이스에 열림</translation>
    </message>
    <message>
        <source>1 policy</source>
        <translation>정책 1개</translation>
    </message>
    <message>
        <source>%1 policies</source>
        <translation>정책 %1개</translation>
    </message>
    <message>
        <source>allowed by policy</source>
        <translation>정책이 허용</translation>
    </message>
    <message>
        <source>denied by policy</source>
        <translation>정책이 거부</translation>
    </message>
    <message>
        <source>policy unknown</source>
        <translation>정책 판정 불가</translation>
    </message>
    <message>
        <source>allowed for some of the pods</source>
        <translation>일부 파드만 허용</translation>
    </message>
    <message>
        <source>reached</source>
        <translation>도달</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>거절됨</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>시간 초과</translation>
    </message>
    <message>
        <source>no route</source>
        <translation>경로 없음</translation>
    </message>
    <message>
        <source>name not resolved</source>
        <translation>이름 모름</translation>
    </message>
    <message>
        <source>no tool in this image</source>
        <translation>이 이미지에 도구 없음</translation>
    </message>
    <message>
        <source>no clear answer</source>
        <translation>불분명</translation>
    </message>
    <message>
        <source>&lt;1 min</source>
        <translation>1분 미만</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1분</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1시간</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1일</translation>
    </message>
    <message>
        <source>1 hidden namespace</source>
        <translation>숨긴 네임스페이스 1개</translation>
    </message>
    <message>
        <source>%1 hidden namespaces</source>
        <translation>숨긴 네임스페이스 %1개</translation>
    </message>
    <message>
        <source>1 connection to hidden namespaces</source>
        <translation>숨긴 네임스페이스로의 연결 1개</translation>
    </message>
    <message>
        <source>%1 connections to hidden namespaces</source>
        <translation>숨긴 네임스페이스로의 연결 %1개</translation>
    </message>
    <message>
        <source>1 finished pod</source>
        <translation>끝난 파드 1개</translation>
    </message>
    <message>
        <source>%1 finished pods</source>
        <translation>끝난 파드 %1개</translation>
    </message>
    <message>
        <source>1 pair without any policy</source>
        <translation>정책 없는 쌍 1개</translation>
    </message>
    <message>
        <source>%1 pairs without any policy</source>
        <translation>정책 없는 쌍 %1개</translation>
    </message>
    <message>
        <source>1 resource that could not be read</source>
        <translation>읽을 수 없는 리소스 1개</translation>
    </message>
    <message>
        <source>%1 resources that could not be read</source>
        <translation>읽을 수 없는 리소스 %1개</translation>
    </message>
    <message>
        <source>1 line without a place</source>
        <translation>자리 없는 선 1개</translation>
    </message>
    <message>
        <source>%1 lines without a place</source>
        <translation>자리 없는 선 %1개</translation>
    </message>
    <message>
        <source>%1 of %2 namespaces</source>
        <translation>네임스페이스 %2개 중 %1개</translation>
    </message>
    <message>
        <source>1 namespace placed simply</source>
        <translation>단순 배치한 네임스페이스 1개</translation>
    </message>
    <message>
        <source>%1 namespaces placed simply</source>
        <translation>단순 배치한 네임스페이스 %1개</translation>
    </message>
    <message>
        <source>not drawn: %1</source>
        <translation>그리지 않음: %1</translation>
    </message>
    <message>
        <source>Demo recording</source>
        <translation>데모 기록</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>nothing here is live</source>
        <translation>실시간 정보가 아닙니다</translation>
    </message>
    <message>
        <source>pods</source>
        <translation>파드</translation>
    </message>
    <message>
        <source>services</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>endpoints</source>
        <translation>엔드포인트</translation>
    </message>
    <message>
        <source>policies</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>ingresses</source>
        <translation>인그레스</translation>
    </message>
    <message>
        <source>1 card that the filter leaves out</source>
        <translation>필터로 제외된 카드 1개</translation>
    </message>
    <message>
        <source>%1 cards that the filter leaves out</source>
        <translation>필터로 제외된 카드 %1개</translation>
    </message>
    <message>
        <source>1 line that the filter leaves out</source>
        <translation>필터로 제외된 연결 1개</translation>
    </message>
    <message>
        <source>%1 lines that the filter leaves out</source>
        <translation>필터로 제외된 연결 %1개</translation>
    </message>
    <message>
        <source>filter: %1</source>
        <translation>필터: %1</translation>
    </message>
    <message>
        <source>policy, not enforced</source>
        <translation>정책 있음, 적용되지 않음</translation>
    </message>
    <message>
        <source>1 pair that a rule for many denies</source>
        <translation>다수를 거부하는 규칙의 쌍 1개</translation>
    </message>
    <message>
        <source>%1 pairs that a rule for many denies</source>
        <translation>다수를 거부하는 규칙의 쌍 %1개</translation>
    </message>
    <message>
        <source>1 rule within a workload</source>
        <translation>워크로드 내부 규칙 1개</translation>
    </message>
    <message>
        <source>%1 rules within a workload</source>
        <translation>워크로드 내부 규칙 %1개</translation>
    </message>
    <message>
        <source>policies read as for %1</source>
        <translation>정책 해석 기준: %1</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>연결 1개</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>연결 %1개</translation>
    </message>
    <message>
        <source>%1 denied</source>
        <translation>거부 %1</translation>
    </message>
    <message>
        <source>%1 unknown</source>
        <translation>알 수 없음 %1</translation>
    </message>
    <message>
        <source>%1 for some pods</source>
        <translation>일부 파드만 %1</translation>
    </message>
    <message>
        <source>%1 allowed</source>
        <translation>허용 %1</translation>
    </message>
    <message>
        <source>1 problem</source>
        <translation>문제 1개</translation>
    </message>
    <message>
        <source>%1 problems</source>
        <translation>문제 %1개</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>경고 1개</translation>
    </message>
    <message>
        <source>%1 warnings</source>
        <translation>경고 %1개</translation>
    </message>
    <message>
        <source>%1 not ready</source>
        <translation>준비되지 않음 %1</translation>
    </message>
    <message>
        <source>inside: %1</source>
        <translation>내부: %1</translation>
    </message>
    <message>
        <source>1 card beside the focus</source>
        <translation>포커스 밖의 카드 1개</translation>
    </message>
    <message>
        <source>%1 cards beside the focus</source>
        <translation>포커스 밖의 카드 %1개</translation>
    </message>
    <message>
        <source>1 line of other layers</source>
        <translation>다른 레이어의 연결 1개</translation>
    </message>
    <message>
        <source>%1 lines of other layers</source>
        <translation>다른 레이어의 연결 %1개</translation>
    </message>
    <message>
        <source>only lines of policies and services</source>
        <translation>정책과 서비스의 연결만</translation>
    </message>
    <message>
        <source>only lines that were probed</source>
        <translation>프로브한 연결만</translation>
    </message>
    <message>
        <source>all lines</source>
        <translation>모든 연결</translation>
    </message>
    <message>
        <source>+ 1 bundle folded</source>
        <translation>+ 묶음 1개 접힘</translation>
    </message>
    <message>
        <source>+ %1 bundles folded</source>
        <translation>+ 묶음 %1개 접힘</translation>
    </message>
    <message>
        <source>1 of them denied or unknown</source>
        <translation>그중 거부 또는 알 수 없음 1개</translation>
    </message>
    <message>
        <source>%1 of them denied or unknown</source>
        <translation>그중 거부 또는 알 수 없음 %1개</translation>
    </message>
    <message>
        <source>+ 1 bundle to a place that nearly all go to</source>
        <translation>+ 거의 모두가 향하는 곳으로의 묶음 1개</translation>
    </message>
    <message>
        <source>+ %1 bundles to places that nearly all go to</source>
        <translation>+ 거의 모두가 향하는 곳으로의 묶음 %1개</translation>
    </message>
    <message>
        <source>+ 1 workload folded</source>
        <translation>+ 워크로드 1개 접힘</translation>
    </message>
    <message>
        <source>+ %1 workloads folded</source>
        <translation>+ 워크로드 %1개 접힘</translation>
    </message>
    <message>
        <source>+ 1 line that passes through folded</source>
        <translation>+ 지나가는 연결 1개 접힘</translation>
    </message>
    <message>
        <source>+ %1 lines that pass through folded</source>
        <translation>+ 지나가는 연결 %1개 접힘</translation>
    </message>
    <message>
        <source>+ 1 pod folded</source>
        <translation>+ 파드 1개 접힘</translation>
    </message>
    <message>
        <source>+ %1 pods folded</source>
        <translation>+ 파드 %1개 접힘</translation>
    </message>
    <message>
        <source>+ 1 name folded</source>
        <translation>+ 이름 1개 접힘</translation>
    </message>
    <message>
        <source>+ %1 names folded</source>
        <translation>+ 이름 %1개 접힘</translation>
    </message>
    <message>
        <source>pinned</source>
        <comment>to its place on the map</comment>
        <translation>고정됨</translation>
    </message>
    <message>
        <source>no %1</source>
        <comment>calico-node on a node</comment>
        <translation>%1 없음</translation>
    </message>
    <message>
        <source>%1 ready</source>
        <comment>calico-node</comment>
        <translation>%1 준비됨</translation>
    </message>
    <message>
        <source>%1 not ready</source>
        <comment>calico-node</comment>
        <translation>%1 준비 안 됨</translation>
    </message>
    <message>
        <source>between two machines</source>
        <translation>두 노드 사이</translation>
    </message>
    <message>
        <source>a machine has a problem</source>
        <translation>한 노드에 문제가 있음</translation>
    </message>
    <message>
        <source>a machine has a warning</source>
        <translation>한 노드에 경고가 있음</translation>
    </message>
    <message>
        <source>1 line between machines</source>
        <translation>노드 사이 선 1개</translation>
    </message>
    <message>
        <source>%1 lines between machines</source>
        <translation>노드 사이 선 %1개</translation>
    </message>
    <message>
        <source>Nothing here matches the filter.</source>
        <translation>필터에 맞는 것이 없습니다.</translation>
    </message>
    <message>
        <source>Every namespace is hidden.</source>
        <translation>모든 네임스페이스가 숨겨져 있습니다.</translation>
    </message>
    <message>
        <source>There are no nodes and no pods to draw.</source>
        <translation>그릴 노드와 파드가 없습니다.</translation>
    </message>
    <message>
        <source>There are no pods, services or policies to draw.</source>
        <translation>그릴 파드, 서비스, 정책이 없습니다.</translation>
    </message>
    <message>
        <source>probed or observed, named by no policy</source>
        <translation>프로브했거나 관측했지만 정책에 이름이 없음</translation>
    </message>
    <message>
        <source>1 observed flow of a node or a pod that is gone</source>
        <translation>노드나 사라진 파드의 관측된 흐름 1개</translation>
    </message>
    <message>
        <source>%1 observed flows of nodes or pods that are gone</source>
        <translation>노드나 사라진 파드의 관측된 흐름 %1개</translation>
    </message>
    <message>
        <source>only lines that traffic was seen on</source>
        <translation>트래픽이 관측된 선만</translation>
    </message>
    <message>
        <source>1 rule for SCTP, which Cilium may drop</source>
        <translation>Cilium이 버릴 수 있는 SCTP 규칙 1개</translation>
    </message>
    <message>
        <source>%1 rules for SCTP, which Cilium may drop</source>
        <translation>Cilium이 버릴 수 있는 SCTP 규칙 %1개</translation>
    </message>
    <message>
        <source>1 other namespace not asked for</source>
        <translation>요청하지 않은 다른 네임스페이스 1개</translation>
    </message>
    <message>
        <source>%1 other namespaces not asked for</source>
        <translation>요청하지 않은 다른 네임스페이스 %1개</translation>
    </message>
</context>
<context>
    <name>ObjectFacts</name>
    <message>
        <source>incoming</source>
        <translation>수신</translation>
    </message>
    <message>
        <source>outgoing</source>
        <translation>송신</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
</context>
<context>
    <name>ObjectWords</name>
    <message>
        <source>any</source>
        <translation>모든</translation>
    </message>
    <message>
        <source>any port</source>
        <translation>모든 포트</translation>
    </message>
    <message>
        <source>Terminating</source>
        <translation>종료 중</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>완료됨</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>준비되지 않음</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>all pods</source>
        <translation>모든 파드</translation>
    </message>
    <message>
        <source>Does not apply</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>허용</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>Cannot tell</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>Some pods</source>
        <translation>일부 파드</translation>
    </message>
    <message>
        <source>Service to its pods</source>
        <translation>서비스에서 파드로</translation>
    </message>
    <message>
        <source>Ingress</source>
        <translation>인그레스</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>not on the map</source>
        <translation>지도에 없음</translation>
    </message>
    <message>
        <source>world</source>
        <translation>외부</translation>
    </message>
    <message>
        <source>any pod</source>
        <translation>모든 파드</translation>
    </message>
    <message>
        <source>No pods that policies apply to</source>
        <translation>정책이 적용되는 파드 없음</translation>
    </message>
    <message>
        <source>Some pods or ports</source>
        <translation>일부 파드 또는 포트</translation>
    </message>
    <message>
        <source>As Kubernetes documents</source>
        <translation>Kubernetes 문서대로</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Present, not enforced</source>
        <translation>있음, 적용되지 않음</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>Probe or observed flow</source>
        <translation>프로브 또는 관측된 흐름</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Hidden namespaces</source>
        <translation>숨긴 네임스페이스</translation>
    </message>
    <message>
        <source>Lines to hidden namespaces</source>
        <translation>숨긴 네임스페이스로 가는 선</translation>
    </message>
    <message>
        <source>Finished pods</source>
        <translation>끝난 파드</translation>
    </message>
    <message>
        <source>Open by the absence of policy</source>
        <translation>정책이 없어 열린 쌍</translation>
    </message>
    <message>
        <source>Not readable</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>클러스터</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>파드</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>Kubernetes</source>
        <translation>Kubernetes</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>Namespaces</source>
        <translation>네임스페이스</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>기록 시각</translation>
    </message>
    <message>
        <source>Not drawn</source>
        <translation>그리지 않은 것</translation>
    </message>
    <message>
        <source>How to</source>
        <translation>사용 방법</translation>
    </message>
    <message>
        <source>Click a line to see what was measured on it.</source>
        <translation>선을 클릭하면 측정된 결과를 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Click a line to probe it from its real source pod.</source>
        <translation>선을 클릭하면 실제 출발지 파드에서 프로브합니다.</translation>
    </message>
    <message>
        <source>Click a card to see what is known about it.</source>
        <translation>카드를 클릭하면 알려진 내용을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Drag with Ctrl from one card to another to choose a pair by hand.</source>
        <translation>Ctrl을 누른 채 카드에서 카드로 끌면 쌍을 직접 고를 수 있습니다.</translation>
    </message>
    <message>
        <source>Ctrl+K finds pods, services, addresses, labels and policies.</source>
        <translation>Ctrl+K로 파드, 서비스, 주소, 레이블, 정책을 찾습니다.</translation>
    </message>
    <message>
        <source>Denied by name to many</source>
        <translation>다수에게 이름으로 거부됨</translation>
    </message>
    <message>
        <source>Rules from a workload to itself</source>
        <translation>워크로드가 자신을 허용하는 규칙</translation>
    </message>
    <message>
        <source>Cards that the filter leaves out</source>
        <translation>필터가 제외한 카드</translation>
    </message>
    <message>
        <source>Lines that the filter leaves out</source>
        <translation>필터가 제외한 선</translation>
    </message>
    <message>
        <source>%1 (chosen by hand)</source>
        <translation>%1 (직접 선택)</translation>
    </message>
    <message>
        <source>%1 (a guess: no agent was found)</source>
        <translation>%1 (추정: 에이전트를 찾지 못함)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>Calico (DaemonSet kube-system/calico-node)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Policies enforced by</source>
        <translation>정책 적용 주체</translation>
    </message>
    <message>
        <source>Lines between machines</source>
        <translation>노드 사이 선</translation>
    </message>
    <message>
        <source>Machines joined by</source>
        <translation>노드 연결 방식</translation>
    </message>
    <message>
        <source>Observed flows of nodes and of pods that are gone</source>
        <translation>노드와 사라진 파드의 관측된 흐름</translation>
    </message>
    <message>
        <source>Missing in the flow logs</source>
        <translation>흐름 기록에서 빠진 것</translation>
    </message>
    <message>
        <source>%1 events lost</source>
        <translation>이벤트 %1개 유실</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>관측</translation>
    </message>
    <message>
        <source>Rules for SCTP, which Cilium may drop</source>
        <translation>Cilium이 버릴 수 있는 SCTP의 규칙</translation>
    </message>
</context>
<context>
    <name>PageOf</name>
    <message>
        <source>Not there any more</source>
        <translation>더 이상 없음</translation>
    </message>
    <message>
        <source>It is not in the state of the cluster that is shown now.</source>
        <translation>지금 표시된 클러스터 상태에는 없습니다.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>연결</translation>
    </message>
</context>
<context>
    <name>PageParts</name>
    <message numerus="yes">
        <source>and %Ln more in the table</source>
        <translation>
            <numerusform>표에 %Ln개 더 있음</numerusform>
        </translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>발견 사항</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>이벤트</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>As the server sent it</source>
        <translation>서버가 보낸 그대로</translation>
    </message>
    <message>
        <source>The rule, as the server sent it</source>
        <translation>서버가 보낸 그대로의 규칙</translation>
    </message>
</context>
<context>
    <name>PathWords</name>
    <message>
        <source>%1: no policy restricts it</source>
        <comment>egress</comment>
        <translation>%1: 제한하는 정책이 없습니다</translation>
    </message>
    <message>
        <source>%1: %2 allows it</source>
        <comment>egress: a policy</comment>
        <translation>%1: %2이(가) 허용합니다</translation>
    </message>
    <message>
        <source>%1: denied</source>
        <comment>egress</comment>
        <translation>%1: 거부됨</translation>
    </message>
    <message>
        <source>%1: %2 denies it</source>
        <comment>egress: a policy</comment>
        <translation>%1: %2이(가) 거부합니다</translation>
    </message>
    <message>
        <source>%1: cannot be told</source>
        <comment>egress</comment>
        <translation>%1: 알 수 없음</translation>
    </message>
    <message>
        <source>Service: no endpoint stands behind %1</source>
        <translation>서비스: %1 뒤에 엔드포인트가 없습니다</translation>
    </message>
    <message>
        <source>Service: %1 is not reached, its endpoint is</source>
        <translation>서비스: 엔드포인트는 도달하지만 %1에는 도달하지 못합니다</translation>
    </message>
    <message numerus="yes">
        <source>Service: %1 → %Ln endpoint(s)</source>
        <translation>
            <numerusform>서비스: %1 → 엔드포인트 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>DNS: %1 resolves</source>
        <translation>DNS: %1 이름이 해석됩니다</translation>
    </message>
    <message>
        <source>DNS: %1 does not resolve</source>
        <translation>DNS: %1 이름이 해석되지 않습니다</translation>
    </message>
    <message>
        <source>DNS: the name was not looked up</source>
        <translation>DNS: 이름을 조회하지 않았습니다</translation>
    </message>
    <message>
        <source>Connection: port %1 was not probed</source>
        <translation>연결: 포트 %1을(를) 프로브하지 않았습니다</translation>
    </message>
    <message>
        <source>Connection: port %1, %2</source>
        <comment>8080, timeout</comment>
        <translation>연결: 포트 %1, %2</translation>
    </message>
    <message>
        <source>Egress policy</source>
        <translation>송신 정책</translation>
    </message>
    <message>
        <source>Ingress policy</source>
        <translation>수신 정책</translation>
    </message>
    <message>
        <source>Route: packets find their way there and back</source>
        <translation>경로: 패킷이 양방향으로 도달합니다</translation>
    </message>
    <message>
        <source>Route: there is none to the destination</source>
        <translation>경로: 목적지로 가는 경로가 없습니다</translation>
    </message>
    <message>
        <source>Route: not read</source>
        <translation>경로: 읽지 않음</translation>
    </message>
    <message>
        <source>MTU: not measured; large packets can be lost where small ones pass</source>
        <translation>MTU: 측정하지 않음. 작은 패킷이 통과해도 큰 패킷은 손실될 수 있습니다</translation>
    </message>
    <message>
        <source>Between the nodes: small packets pass</source>
        <translation>노드 사이: 작은 패킷이 통과합니다</translation>
    </message>
    <message>
        <source>Between the nodes: not measured</source>
        <translation>노드 사이: 측정하지 않음</translation>
    </message>
    <message>
        <source>Node: not ready (%1)</source>
        <translation>노드: 준비되지 않음 (%1)</translation>
    </message>
    <message>
        <source>Pod: not ready (%1)</source>
        <translation>파드: 준비되지 않음 (%1)</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>통과</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>끊김</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>Pod</source>
        <translation>파드</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>Between the nodes</source>
        <translation>노드 사이</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>외부</translation>
    </message>
    <message>
        <source>broken here</source>
        <translation>여기서 끊김</translation>
    </message>
    <message>
        <source>broken at %1</source>
        <translation>%1에서 끊김</translation>
    </message>
    <message>
        <source>would break at %1</source>
        <translation>%1에서 끊길 것으로 예측</translation>
    </message>
    <message>
        <source>reached</source>
        <translation>도달</translation>
    </message>
    <message>
        <source>lost; where is not known</source>
        <translation>손실됨, 위치는 알 수 없음</translation>
    </message>
    <message>
        <source>the probe has no clear answer</source>
        <translation>프로브 결과가 분명하지 않음</translation>
    </message>
    <message>
        <source>not probed yet</source>
        <translation>아직 프로브하지 않음</translation>
    </message>
</context>
<context>
    <name>PodPage</name>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>소속</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>of the node: policies do not apply to it</source>
        <translation>노드 네트워크: 정책이 적용되지 않음</translation>
    </message>
    <message>
        <source>Service account</source>
        <translation>서비스 어카운트</translation>
    </message>
    <message>
        <source>DNS policy</source>
        <translation>DNS 정책</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>생성 시각</translation>
    </message>
    <message>
        <source>init</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>ephemeral</source>
        <translation>임시</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>실행 중 아님</translation>
    </message>
    <message numerus="yes">
        <source>%Ln restart(s)</source>
        <translation>
            <numerusform>재시작 %Ln회</numerusform>
        </translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>컨테이너</translation>
    </message>
    <message>
        <source>Services that lead to it</source>
        <translation>이곳으로 이어지는 서비스</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>준비되지 않음</translation>
    </message>
    <message>
        <source>Pod</source>
        <translation>파드</translation>
    </message>
    <message>
        <source>Ready pods</source>
        <translation>준비된 파드</translation>
    </message>
    <message>
        <source>Selector</source>
        <translation>셀렉터</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>파드</translation>
    </message>
</context>
<context>
    <name>PodTable</name>
    <message>
        <source>Namespace</source>
        <translation>네임스페이스</translation>
    </message>
    <message>
        <source>Pod</source>
        <translation>파드</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>소속</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>재시작</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>생성 시각</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>파드</translation>
    </message>
    <message>
        <source>Workload</source>
        <translation>워크로드</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Ready pods</source>
        <translation>준비된 파드</translation>
    </message>
    <message>
        <source>Selector</source>
        <translation>셀렉터</translation>
    </message>
    <message>
        <source>Workloads</source>
        <translation>워크로드</translation>
    </message>
</context>
<context>
    <name>PolicyPage</name>
    <message>
        <source>Connections</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Network policy</source>
        <translation>네트워크 정책</translation>
    </message>
    <message>
        <source>Selector not understood</source>
        <translation>이해할 수 없는 셀렉터</translation>
    </message>
    <message>
        <source>It uses an operator that this version does not know: what it selects cannot be told.</source>
        <translation>이 버전이 모르는 연산자를 사용합니다: 무엇을 선택하는지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Selector</source>
        <translation>셀렉터</translation>
    </message>
</context>
<context>
    <name>PolicySections</name>
    <message>
        <source>Ingress</source>
        <translation>인그레스</translation>
    </message>
    <message>
        <source>Egress</source>
        <translation>이그레스</translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <translation>
            <numerusform>… 외 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Not enforced</source>
        <translation>적용되지 않음</translation>
    </message>
    <message>
        <source>Nothing in this cluster enforces policies: all connections get through, whatever the policies say.</source>
        <translation>이 클러스터에는 정책을 적용하는 것이 없습니다: 정책과 관계없이 모든 연결이 통과합니다.</translation>
    </message>
    <message>
        <source>Nobody in this cluster enforces this kind of policy.</source>
        <translation>이 클러스터에는 이 종류의 정책을 적용하는 것이 없습니다.</translation>
    </message>
    <message>
        <source>not enforced: open to all</source>
        <translation>적용되지 않음: 모두에게 열려 있음</translation>
    </message>
    <message>
        <source>could not be read: unknown</source>
        <translation>읽을 수 없음: 알 수 없음</translation>
    </message>
    <message>
        <source>isolates ingress</source>
        <translation>ingress 격리</translation>
    </message>
    <message>
        <source>isolates egress</source>
        <translation>egress 격리</translation>
    </message>
    <message>
        <source>rules for ingress</source>
        <translation>ingress 규칙</translation>
    </message>
    <message>
        <source>rules for egress</source>
        <translation>egress 규칙</translation>
    </message>
    <message>
        <source>tier %1</source>
        <translation>티어 %1</translation>
    </message>
    <message>
        <source>staged: not enforced</source>
        <translation>스테이징: 적용되지 않음</translation>
    </message>
    <message>
        <source>not enforced</source>
        <translation>적용되지 않음</translation>
    </message>
    <message>
        <source>may select it</source>
        <translation>선택할 수 있음</translation>
    </message>
    <message>
        <source>%1 of %2 pods</source>
        <translation>파드 %2개 중 %1개</translation>
    </message>
    <message numerus="yes">
        <source>all %Ln pod(s)</source>
        <translation>
            <numerusform>파드 %Ln개 모두</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pod(s)</source>
        <translation>
            <numerusform>파드 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Selects</source>
        <translation>선택 대상</translation>
    </message>
    <message numerus="yes">
        <source>Every pod: %Ln</source>
        <translation>
            <numerusform>모든 파드: %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>Pods could not be read.</source>
        <translation>파드를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Selects no pod</source>
        <translation>선택한 파드 없음</translation>
    </message>
    <message>
        <source>It has no effect on any pod that is there.</source>
        <translation>지금 있는 어떤 파드에도 효과가 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln node(s)</source>
        <translation>
            <numerusform>노드 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It may select %Ln more pod(s): that cannot be told.</source>
        <translation>
            <numerusform>파드 %Ln개를 더 선택할 수 있으나 판단할 수 없습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>from</source>
        <translation>출발지</translation>
    </message>
    <message>
        <source>to</source>
        <translation>목적지</translation>
    </message>
    <message>
        <source>If the request is: %1</source>
        <translation>요청이 다음과 같을 때: %1</translation>
    </message>
    <message>
        <source>For some of the selected pods only.</source>
        <translation>선택된 파드 중 일부에만 해당합니다.</translation>
    </message>
    <message>
        <source>It may be about more: that cannot be told from what was read.</source>
        <translation>더 많은 대상에 해당할 수 있으나, 읽은 것만으로는 판단할 수 없습니다.</translation>
    </message>
    <message>
        <source>Ingress rules</source>
        <translation>인그레스 규칙</translation>
    </message>
    <message>
        <source>Egress rules</source>
        <translation>이그레스 규칙</translation>
    </message>
    <message>
        <source>None: what no other policy lets through is denied.</source>
        <translation>없음: 다른 정책이 허용하지 않는 것은 거부됩니다.</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>티어</translation>
    </message>
    <message>
        <source>Staged: not enforced</source>
        <translation>스테이징: 적용되지 않음</translation>
    </message>
    <message>
        <source>What follows is what it would do.</source>
        <translation>아래는 적용될 경우의 내용입니다.</translation>
    </message>
    <message>
        <source>Takes no part</source>
        <translation>관여하지 않음</translation>
    </message>
    <message>
        <source>Nothing of it is enforced.</source>
        <translation>이 정책은 전혀 적용되지 않습니다.</translation>
    </message>
    <message>
        <source>isolates what it selects</source>
        <translation>선택한 대상을 격리</translation>
    </message>
    <message>
        <source>does not isolate</source>
        <translation>격리하지 않음</translation>
    </message>
    <message>
        <source>Policies that select it</source>
        <translation>이를 선택하는 정책</translation>
    </message>
    <message>
        <source>Asking the policies…</source>
        <translation>정책을 확인하는 중…</translation>
    </message>
    <message>
        <source>It has no pod that takes part in the network now.</source>
        <translation>지금 네트워크에 참여하는 파드가 없습니다.</translation>
    </message>
    <message>
        <source>On its node&apos;s network: policies see the node, not the pod.</source>
        <translation>노드의 네트워크 사용: 정책은 파드가 아니라 노드를 봅니다.</translation>
    </message>
    <message>
        <source>isolates both</source>
        <translation>양방향 격리</translation>
    </message>
    <message>
        <source>A setting turns enforcement off: all connections get through, whatever the policies say. %1</source>
        <comment>a ConfigMap and what it says</comment>
        <translation>설정으로 정책 적용이 꺼져 있습니다. 정책과 관계없이 모든 연결이 통과합니다. %1</translation>
    </message>
</context>
<context>
    <name>PolicyWords</name>
    <message>
        <source>IP protocol %1</source>
        <translation>IP 프로토콜 %1</translation>
    </message>
    <message>
        <source>any</source>
        <translation>모든</translation>
    </message>
    <message>
        <source>cannot be told: %1</source>
        <translation>판단할 수 없음: %1</translation>
    </message>
    <message>
        <source>any port</source>
        <translation>모든 포트</translation>
    </message>
    <message>
        <source>no port</source>
        <translation>포트 없음</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>외 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>all but %1</source>
        <translation>%1 제외 전부</translation>
    </message>
    <message>
        <source>no policy selects it: open to all</source>
        <translation>선택하는 정책 없음: 모두에게 열려 있음</translation>
    </message>
    <message>
        <source>not isolated: what no rule denies gets through</source>
        <translation>격리되지 않음: 규칙이 거부하지 않으면 통과</translation>
    </message>
    <message>
        <source>isolated: only what a rule allows gets through</source>
        <translation>격리됨: 규칙이 허용한 것만 통과</translation>
    </message>
    <message>
        <source>unknown: a policy could not be read or is not understood</source>
        <translation>알 수 없음: 읽을 수 없거나 이해할 수 없는 정책이 있음</translation>
    </message>
    <message>
        <source>not the same for all its pods</source>
        <translation>파드마다 다름</translation>
    </message>
    <message>
        <source>Allows</source>
        <translation>허용</translation>
    </message>
    <message>
        <source>Denies</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>Passes on</source>
        <translation>다음으로 넘김</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>기록</translation>
    </message>
    <message>
        <source> and </source>
        <translation> 그리고 </translation>
    </message>
    <message>
        <source>everyone</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>every pod</source>
        <translation>모든 파드</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pod(s)</source>
        <translation>
            <numerusform>파드 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln node(s)</source>
        <translation>
            <numerusform>노드 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>every address outside</source>
        <translation>외부의 모든 주소</translation>
    </message>
    <message numerus="yes">
        <source>%Ln range(s) of addresses outside</source>
        <translation>
            <numerusform>외부 주소 범위 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>cannot be told</source>
        <translation>판단할 수 없음</translation>
    </message>
    <message>
        <source>nobody that is there</source>
        <translation>지금 해당하는 대상 없음</translation>
    </message>
</context>
<context>
    <name>ProbeWords</name>
    <message>
        <source>Reached</source>
        <translation>도달</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>거절됨</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>시간 초과</translation>
    </message>
    <message>
        <source>No route</source>
        <translation>경로 없음</translation>
    </message>
    <message>
        <source>Name unknown</source>
        <translation>이름 모름</translation>
    </message>
    <message>
        <source>No tool</source>
        <translation>도구 없음</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>The destination answered.</source>
        <translation>목적지가 응답했습니다.</translation>
    </message>
    <message>
        <source>The destination is there and refuses: nothing listens on that port, or a policy rejects instead of dropping.</source>
        <translation>목적지가 있지만 거절합니다: 그 포트에서 듣는 것이 없거나, 정책이 버리는 대신 거절합니다.</translation>
    </message>
    <message>
        <source>No answer came back: packets are dropped on the way, by a policy or by the network.</source>
        <translation>응답이 돌아오지 않았습니다: 정책이나 네트워크가 도중에 패킷을 버립니다.</translation>
    </message>
    <message>
        <source>The source has no way to that address.</source>
        <translation>출발지에서 그 주소로 가는 경로가 없습니다.</translation>
    </message>
    <message>
        <source>The source cannot turn the name into an address.</source>
        <translation>출발지가 이름을 주소로 바꾸지 못합니다.</translation>
    </message>
    <message>
        <source>There is no tool in this image that could make a connection.</source>
        <translation>이 이미지에는 연결을 시도할 도구가 없습니다.</translation>
    </message>
    <message>
        <source>What came back says neither success nor a known failure. It is not counted as success.</source>
        <translation>돌아온 결과는 성공도, 알려진 실패도 아닙니다. 성공으로 치지 않습니다.</translation>
    </message>
    <message>
        <source>TCP connection</source>
        <translation>TCP 연결</translation>
    </message>
    <message>
        <source>UDP datagram</source>
        <translation>UDP 데이터그램</translation>
    </message>
    <message>
        <source>HTTP request</source>
        <translation>HTTP 요청</translation>
    </message>
    <message>
        <source>DNS question</source>
        <translation>DNS 질의</translation>
    </message>
    <message>
        <source>By name: %1</source>
        <translation>이름으로: %1</translation>
    </message>
    <message>
        <source>Service address %1</source>
        <translation>서비스 주소 %1</translation>
    </message>
    <message>
        <source>Pod %1 at %2</source>
        <translation>파드 %1 (%2)</translation>
    </message>
    <message>
        <source>Endpoint %1</source>
        <translation>엔드포인트 %1</translation>
    </message>
    <message>
        <source>Address %1</source>
        <translation>주소 %1</translation>
    </message>
    <message>
        <source>A UDP port that stays silent looks the same whether a program received the datagram and said nothing, or a policy dropped it. Only an answer, or a refusal, tells.</source>
        <translation>조용한 UDP 포트는, 프로그램이 데이터그램을 받고 답하지 않은 것인지 정책이 버린 것인지 구별되지 않습니다. 응답이나 거절만이 알려 줍니다.</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>Add a container with tools to the pod %1?</source>
        <translation>파드 %1에 도구가 든 컨테이너를 추가할까요?</translation>
    </message>
    <message>
        <source>Kubernetes adds an ephemeral container with the image %1. It shares the network of the pod and ends by itself, but it cannot be taken out again: its entry stays in the pod&apos;s description until the pod is deleted. The image is pulled on the pod&apos;s node if it is not there.</source>
        <translation>Kubernetes가 이미지 %1(으)로 임시 컨테이너를 추가합니다. 파드의 네트워크를 함께 쓰고 스스로 끝나지만, 다시 뺄 수는 없습니다: 파드가 삭제될 때까지 그 명세에 항목이 남습니다. 이미지가 노드에 없으면 내려받습니다.</translation>
    </message>
    <message>
        <source>Ephemeral container</source>
        <translation>임시 컨테이너</translation>
    </message>
    <message>
        <source>Add container</source>
        <translation>컨테이너 추가</translation>
    </message>
    <message>
        <source>Run a program to get credentials for %1?</source>
        <translation>%1의 자격 증명을 얻기 위해 프로그램을 실행할까요?</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>자격 증명</translation>
    </message>
    <message>
        <source>Run program</source>
        <translation>프로그램 실행</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>키보드 단축키</translation>
    </message>
    <message>
        <source>Find anything by name, address or label</source>
        <translation>이름, 주소, 레이블로 찾기</translation>
    </message>
    <message>
        <source>Find; in tables: filter rows</source>
        <translation>찾기, 표에서는 행 거르기</translation>
    </message>
    <message>
        <source>Services view, Nodes view</source>
        <translation>서비스 보기, 노드 보기</translation>
    </message>
    <message>
        <source>Map or tables</source>
        <translation>지도 또는 표</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Shift+Tab</translation>
    </message>
    <message>
        <source>Next, previous card or line of the map</source>
        <translation>지도의 다음, 이전 카드나 선</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>화살표</translation>
    </message>
    <message>
        <source>Neighbour on the map; with Ctrl: move the map</source>
        <translation>지도의 이웃으로, Ctrl과 함께: 지도 옮기기</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>On a line: probe it. On a card: open it</source>
        <translation>선에서: 프로브, 카드에서: 열기</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>스페이스</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>선택</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Take focus and selection back</source>
        <translation>포커스와 선택 해제</translation>
    </message>
    <message>
        <source>Zoom in, out, to 100 %</source>
        <translation>확대, 축소, 100 %</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Whole map</source>
        <translation>지도 전체</translation>
    </message>
    <message>
        <source>Probe a pair chosen by hand</source>
        <translation>직접 고른 쌍 프로브</translation>
    </message>
    <message>
        <source>Back and forward through what was selected</source>
        <translation>선택 기록 앞뒤로 이동</translation>
    </message>
    <message>
        <source>Save a snapshot</source>
        <translation>스냅샷 저장</translation>
    </message>
    <message>
        <source>Open a snapshot</source>
        <translation>스냅샷 열기</translation>
    </message>
    <message>
        <source>Export the map</source>
        <translation>지도 내보내기</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>About Portolan</source>
        <translation>Portolan 정보</translation>
    </message>
    <message>
        <source>A chart of a cluster&apos;s network, as a portolan was a chart of the lines between ports.

The source is under the Apache License 2.0. This program links Qt Charts, and as a whole falls under the GNU General Public License 3.</source>
        <translation>포르톨라노가 항구 사이의 선을 그린 해도였듯이, 이것은 클러스터 네트워크의 해도입니다.

소스는 Apache License 2.0을 따릅니다. 이 프로그램은 Qt Charts를 링크하므로 전체로는 GNU General Public License 3을 따릅니다.</translation>
    </message>
    <message>
        <source>What a policy would change</source>
        <translation>정책이 바꾸게 될 것</translation>
    </message>
    <message>
        <source>Alt+arrows</source>
        <translation>Alt+화살표</translation>
    </message>
    <message>
        <source>Move the card; with Shift: its namespace</source>
        <translation>카드 옮기기, Shift와 함께: 네임스페이스 옮기기</translation>
    </message>
    <message>
        <source>Undo, redo what was done to the map</source>
        <translation>지도에서 한 일 실행 취소, 다시 실행</translation>
    </message>
    <message>
        <source>Tidy up: lay out anew what is not pinned</source>
        <translation>정리: 고정되지 않은 것을 새로 배치</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>외 %1개</translation>
    </message>
    <message>
        <source>Cilium&apos;s agents keep a log of the flows that they saw last. Portolan runs this command in each of their pods (%1):

%2

It reads, and changes nothing in the cluster. It needs the right to exec in these pods, and the cluster&apos;s audit log shows it.</source>
        <translation>Cilium 에이전트는 최근에 본 흐름을 기록해 둡니다. Portolan은 각 에이전트 파드(%1)에서 이 명령을 실행합니다.

%2

읽기만 하며 클러스터를 바꾸지 않습니다. 이 파드들에 대한 exec 권한이 필요하고, 클러스터의 감사 로그에 남습니다.</translation>
    </message>
    <message>
        <source>Observed flows</source>
        <translation>관측된 흐름</translation>
    </message>
    <message>
        <source>Read the flow logs of the nodes?</source>
        <translation>노드의 흐름 기록을 읽을까요?</translation>
    </message>
    <message>
        <source>Read flows</source>
        <translation>흐름 읽기</translation>
    </message>
    <message>
        <source>Read observed flows</source>
        <translation>관측된 흐름 읽기</translation>
    </message>
    <message>
        <source>The kubeconfig %1 asks for this program:

%2

It runs with your rights. Allow it only if you trust that file. Yes is remembered for this program with these arguments.</source>
        <translation>kubeconfig %1이(가) 다음 프로그램을 요청합니다:

%2

이 프로그램은 사용자의 권한으로 실행됩니다. 그 파일을 신뢰할 때만 허용하세요. 허용하면 같은 인수를 쓰는 이 프로그램에 대해 기억됩니다.</translation>
    </message>
</context>
<context>
    <name>ServicePage</name>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>none (headless): its name leads to the pods</source>
        <translation>없음(헤드리스): 이름이 파드로 이어짐</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>이어지는 곳</translation>
    </message>
    <message>
        <source>From outside</source>
        <translation>외부에서</translation>
    </message>
    <message>
        <source>no address yet</source>
        <translation>아직 주소 없음</translation>
    </message>
    <message>
        <source>External addresses</source>
        <translation>외부 주소</translation>
    </message>
    <message>
        <source>Selector</source>
        <translation>셀렉터</translation>
    </message>
    <message>
        <source>Ready endpoints</source>
        <translation>준비된 엔드포인트</translation>
    </message>
    <message>
        <source>Session affinity</source>
        <translation>세션 어피니티</translation>
    </message>
    <message>
        <source>External traffic</source>
        <translation>외부 트래픽</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>→ %1 in the pod</source>
        <translation>→ 파드의 %1</translation>
    </message>
    <message>
        <source>node port %1</source>
        <translation>노드 포트 %1</translation>
    </message>
    <message>
        <source>terminating</source>
        <translation>종료 중</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>엔드포인트</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more in the table</source>
        <translation>
            <numerusform>표에 %Ln개 더 있음</numerusform>
        </translation>
    </message>
    <message>
        <source>Service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Address type</source>
        <translation>주소 유형</translation>
    </message>
    <message>
        <source>Ingress</source>
        <translation>인그레스</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>TLS secrets</source>
        <translation>TLS 시크릿</translation>
    </message>
    <message>
        <source>Hosts and paths</source>
        <translation>호스트와 경로</translation>
    </message>
    <message>
        <source>everything else</source>
        <translation>나머지 전부</translation>
    </message>
</context>
<context>
    <name>ServiceTable</name>
    <message>
        <source>node port %1</source>
        <translation>노드 포트 %1</translation>
    </message>
    <message>
        <source>load balancer pending</source>
        <translation>로드 밸런서 대기 중</translation>
    </message>
    <message>
        <source>Terminating</source>
        <translation>종료 중</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>준비되지 않음</translation>
    </message>
    <message>
        <source>any</source>
        <translation>모든</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>네임스페이스</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>유형</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>Ready endpoints</source>
        <translation>준비된 엔드포인트</translation>
    </message>
    <message>
        <source>From outside</source>
        <translation>외부에서</translation>
    </message>
    <message>
        <source>Selector</source>
        <translation>셀렉터</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Pod</source>
        <translation>파드</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>슬라이스</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>엔드포인트</translation>
    </message>
    <message>
        <source>Ingress</source>
        <translation>인그레스</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Hosts and paths</source>
        <translation>호스트와 경로</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Ingresses</source>
        <translation>인그레스</translation>
    </message>
</context>
<context>
    <name>StatusNotices</name>
    <message>
        <source>%1 %2 of %3</source>
        <comment>pods 500 of 20,000</comment>
        <translation>%1 %3 중 %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>%1에 연결하는 중</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 읽는 중</translation>
    </message>
    <message>
        <source>What is shown is %1 old</source>
        <translation>표시된 내용은 %1 전의 것입니다</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1을(를) 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Reading was stopped: what is shown does not change any more.</source>
        <translation>읽기를 중지했습니다: 표시된 내용은 더 이상 바뀌지 않습니다.</translation>
    </message>
</context>
<context>
    <name>TimeWords</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>방금</translation>
    </message>
    <message numerus="yes">
        <source>%n s ago</source>
        <translation>
            <numerusform>%n초 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n분 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n시간 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n일 전</numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>연결 중</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>읽는 중</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation>뒤처짐</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>연결되지 않음</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>닫힘</translation>
    </message>
    <message>
        <source>Recording of %1</source>
        <translation>%1의 기록</translation>
    </message>
    <message>
        <source>Recording of %1, %2</source>
        <translation>%1의 기록, %2</translation>
    </message>
</context>
<context>
    <name>WatchWords</name>
    <message>
        <source>%1 lists</source>
        <comment>3 of 12 lists</comment>
        <translation>목록 %1</translation>
    </message>
    <message>
        <source>%1 watches</source>
        <comment>10 of 12 watches</comment>
        <translation>감시 %1</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1 지연</translation>
    </message>
    <message numerus="yes">
        <source>%Ln watch(es)</source>
        <translation>
            <numerusform>감시 %Ln개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhatIfText</name>
    <message>
        <source>Pods of the namespace take connections from one another alone</source>
        <translation>네임스페이스의 파드는 서로에게서만 연결을 받습니다</translation>
    </message>
</context>
<context>
    <name>WhatIfWords</name>
    <message>
        <source>every port of %1</source>
        <translation>%1의 모든 포트</translation>
    </message>
    <message numerus="yes">
        <source>%n cut off</source>
        <translation>
            <numerusform>%n개 차단</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n opened</source>
        <translation>
            <numerusform>%n개 열림</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n no longer known</source>
        <translation>
            <numerusform>%n개 판정 불가</numerusform>
        </translation>
    </message>
    <message>
        <source>Allowed → denied</source>
        <translation>허용 → 거부</translation>
    </message>
    <message>
        <source>Allowed → unknown</source>
        <translation>허용 → 판정 불가</translation>
    </message>
    <message>
        <source>Denied → allowed</source>
        <translation>거부 → 허용</translation>
    </message>
    <message>
        <source>Denied → unknown</source>
        <translation>거부 → 판정 불가</translation>
    </message>
    <message>
        <source>Unknown → allowed</source>
        <translation>판정 불가 → 허용</translation>
    </message>
    <message>
        <source>Unknown → denied</source>
        <translation>판정 불가 → 거부</translation>
    </message>
    <message>
        <source>every port</source>
        <translation>모든 포트</translation>
    </message>
    <message>
        <source>No policy</source>
        <translation>정책 없음</translation>
    </message>
    <message>
        <source>%1 allows</source>
        <translation>%1에서 허용</translation>
    </message>
    <message>
        <source>%1 denies</source>
        <translation>%1에서 거부</translation>
    </message>
    <message>
        <source>%1 passes on</source>
        <translation>%1에서 다음으로 넘김</translation>
    </message>
    <message>
        <source>%1 isolates egress</source>
        <translation>%1이(가) 송신 격리</translation>
    </message>
    <message>
        <source>%1 isolates ingress</source>
        <translation>%1이(가) 수신 격리</translation>
    </message>
    <message>
        <source>No policy in the text yet</source>
        <translation>아직 텍스트에 정책이 없습니다</translation>
    </message>
    <message>
        <source>No policy in the text that can be used</source>
        <translation>텍스트에 쓸 수 있는 정책이 없습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n more not listed</source>
        <translation>
            <numerusform>%n개 더 있음</numerusform>
        </translation>
    </message>
    <message>
        <source>addresses outside not looked at</source>
        <translation>외부 주소는 보지 않음</translation>
    </message>
    <message>
        <source>No connection changes</source>
        <translation>바뀌는 연결이 없습니다</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>%1행: %2</translation>
    </message>
    <message>
        <source>Allows %1 → %2. Checked: it works, and the list shows all it changes.</source>
        <translation>%1 → %2 연결을 허용합니다. 확인됨: 실제로 허용되며, 바뀌는 것은 모두 목록에 있습니다.</translation>
    </message>
    <message>
        <source>Allows %1 what probes have reached, and nothing else. Checked: the list shows all it changes.</source>
        <translation>%1에 프로브가 도달한 연결만 허용합니다. 확인됨: 바뀌는 것은 모두 목록에 있습니다.</translation>
    </message>
    <message>
        <source>Policies allow %1 → %2 already.</source>
        <translation>정책이 %1 → %2 연결을 이미 허용합니다.</translation>
    </message>
    <message>
        <source>No NetworkPolicy can allow %1 → %2. This would have to change: %3</source>
        <translation>어떤 NetworkPolicy로도 %1 → %2 연결을 허용할 수 없습니다. 바꿔야 할 것: %3</translation>
    </message>
    <message>
        <source>No policy can be suggested: %1</source>
        <translation>제안할 수 있는 정책이 없습니다: %1</translation>
    </message>
    <message>
        <source>What was seen to work from and to %1 cannot all be allowed. This would have to change: %2</source>
        <translation>%1에서 동작이 확인된 연결을 모두 허용할 수는 없습니다. 다음이 바뀌어야 합니다: %2</translation>
    </message>
    <message>
        <source>Neither a probe nor a flow log has seen a connection of %1 that works: probe its connections or read observed flows first.</source>
        <translation>%1의 동작하는 연결을 프로브도 흐름 기록도 아직 확인하지 못했습니다. 먼저 연결을 프로브하거나 관측된 흐름을 읽으십시오.</translation>
    </message>
</context>
<context>
    <name>WhySection</name>
    <message>
        <source>What could not be read may decide: %1</source>
        <translation>읽을 수 없는 것이 결정할 수 있음: %1</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more that decided</source>
        <translation>
            <numerusform>결정한 것 외 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>Why policy allows it</source>
        <translation>정책이 허용하는 이유</translation>
    </message>
    <message>
        <source>Why policy denies it</source>
        <translation>정책이 거부하는 이유</translation>
    </message>
    <message>
        <source>What policy says</source>
        <translation>정책의 판정</translation>
    </message>
    <message>
        <source>Why it is there</source>
        <translation>이 선이 있는 이유</translation>
    </message>
    <message>
        <source>may decide</source>
        <translation>결정할 수 있음</translation>
    </message>
    <message>
        <source>%1 may apply</source>
        <translation>%1이(가) 적용될 수 있음</translation>
    </message>
    <message>
        <source>%1 allows</source>
        <translation>%1에서 허용</translation>
    </message>
    <message>
        <source>%1 denies</source>
        <translation>%1에서 거부</translation>
    </message>
    <message>
        <source>%1 passes on</source>
        <translation>%1에서 다음으로 넘김</translation>
    </message>
    <message>
        <source>isolates egress</source>
        <translation>egress 격리</translation>
    </message>
    <message>
        <source>isolates ingress</source>
        <translation>ingress 격리</translation>
    </message>
    <message>
        <source>No policy restricts what leaves the source.</source>
        <translation>출발지에서 나가는 트래픽을 제한하는 정책이 없습니다.</translation>
    </message>
    <message>
        <source>No policy restricts what reaches the destination.</source>
        <translation>목적지로 들어오는 트래픽을 제한하는 정책이 없습니다.</translation>
    </message>
    <message>
        <source>A pod and its own node always reach one another.</source>
        <translation>파드와 그 노드는 항상 서로 도달합니다.</translation>
    </message>
    <message>
        <source>A pod always reaches itself.</source>
        <translation>파드는 항상 자기 자신에게 도달합니다.</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>It cannot be told: a selector, a kind of policy or something unreadable is not understood.</source>
        <translation>판단할 수 없습니다: 이해할 수 없는 셀렉터나 정책 종류, 또는 읽을 수 없는 것이 있습니다.</translation>
    </message>
    <message>
        <source>Some of the pods at its ends may, others may not.</source>
        <translation>양 끝의 파드 중 일부만 허용됩니다.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>출발지</translation>
    </message>
    <message>
        <source>To</source>
        <translation>목적지</translation>
    </message>
</context>
<context>
    <name>YamlText</name>
    <message>
        <source>… cut here: the object is too long to show</source>
        <translation>… 여기서 잘림: 객체가 너무 길어 표시할 수 없습니다</translation>
    </message>
    <message>
        <source>The object is too long to show.</source>
        <translation>객체가 너무 길어 표시할 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>portolan::ui::ChartPanel</name>
    <message>
        <source>Probe latency</source>
        <translation>프로브 지연 시간</translation>
    </message>
</context>
<context>
    <name>portolan::ui::ClusterChooser</name>
    <message>
        <source>Open cluster</source>
        <translation>클러스터 열기</translation>
    </message>
    <message>
        <source>No cluster</source>
        <translation>클러스터 없음</translation>
    </message>
    <message>
        <source>Cluster: %1 %2</source>
        <translation>클러스터: %1 %2</translation>
    </message>
    <message>
        <source>Open another kubeconfig…</source>
        <translation>다른 kubeconfig 열기…</translation>
    </message>
    <message>
        <source>Contexts</source>
        <translation>컨텍스트</translation>
    </message>
    <message>
        <source>Contexts of %1</source>
        <translation>%1의 컨텍스트</translation>
    </message>
    <message>
        <source>None found</source>
        <translation>찾은 것이 없음</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>읽는 중…</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Open snapshot…</source>
        <translation>스냅샷 열기…</translation>
    </message>
    <message>
        <source>Demo cluster</source>
        <translation>데모 클러스터</translation>
    </message>
</context>
<context>
    <name>portolan::ui::ContentView</name>
    <message>
        <source>Hide</source>
        <translation>접기</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>펼치기</translation>
    </message>
    <message>
        <source>Probe from here…</source>
        <translation>여기에서 프로브…</translation>
    </message>
    <message>
        <source>Probe it…</source>
        <translation>이곳을 프로브…</translation>
    </message>
    <message>
        <source>What if it were changed…</source>
        <translation>바꾸면 어떻게 될지…</translation>
    </message>
    <message>
        <source>Suggest a policy that allows it…</source>
        <translation>허용하는 정책 제안…</translation>
    </message>
    <message>
        <source>Least-privilege policy…</source>
        <translation>최소 권한 정책…</translation>
    </message>
</context>
<context>
    <name>portolan::ui::ControlsWidget</name>
    <message>
        <source>Copy kubectl command</source>
        <translation>kubectl 명령 복사</translation>
    </message>
    <message>
        <source>This is a recording: it shows what was measured and cannot probe.</source>
        <translation>이것은 기록입니다. 측정된 결과를 보여 주며, 프로브는 할 수 없습니다.</translation>
    </message>
    <message>
        <source>Add an ephemeral container with tools…</source>
        <translation>도구가 든 임시 컨테이너 추가…</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 중 %1</translation>
    </message>
    <message numerus="yes">
        <source>every %n s</source>
        <translation>
            <numerusform>%n초마다</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Probe again</source>
        <translation>다시 프로브</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>프로브</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>반복</translation>
    </message>
    <message numerus="yes">
        <source>Every %n s</source>
        <translation>
            <numerusform>%n초마다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Burst of %n</source>
        <translation>
            <numerusform>연속 %n회</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portolan::ui::EnforcerMenu</name>
    <message>
        <source>Policies enforced by</source>
        <translation>정책 적용 주체</translation>
    </message>
    <message>
        <source>Whoever is detected</source>
        <translation>감지된 주체</translation>
    </message>
    <message>
        <source>Detected: %1</source>
        <translation>감지됨: %1</translation>
    </message>
</context>
<context>
    <name>portolan::ui::Finder</name>
    <message>
        <source>Find pod, service, IP, label, policy…</source>
        <translation>파드, 서비스, IP, 레이블, 정책 찾기…</translation>
    </message>
    <message>
        <source>Finder</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Type a name, an address or a label; arrows choose, Enter goes there</source>
        <translation>이름, 주소, 레이블을 입력하세요. 화살표로 고르고 Enter로 이동합니다</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>찾은 것이 없음</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>찾은 항목</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>kind and name</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>show only this</source>
        <translation>이것만 표시</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>자동 완성</translation>
    </message>
</context>
<context>
    <name>portolan::ui::FindingsPanel</name>
    <message>
        <source>Findings</source>
        <translation>발견 사항</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>찾은 것이 없음</translation>
    </message>
</context>
<context>
    <name>portolan::ui::FlipsModel</name>
    <message>
        <source>Change</source>
        <translation>변화</translation>
    </message>
    <message>
        <source>From</source>
        <translation>출발지</translation>
    </message>
    <message>
        <source>To</source>
        <translation>목적지</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>결정한 것</translation>
    </message>
</context>
<context>
    <name>portolan::ui::HopStrip</name>
    <message>
        <source>Hops from the source to the destination</source>
        <translation>출발지에서 목적지까지의 홉</translation>
    </message>
</context>
<context>
    <name>portolan::ui::Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>상세 정보</translation>
    </message>
</context>
<context>
    <name>portolan::ui::LegendPanel</name>
    <message>
        <source>Legend</source>
        <translation>범례</translation>
    </message>
</context>
<context>
    <name>portolan::ui::MainWindow</name>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사했습니다</translation>
    </message>
    <message>
        <source>A recording cannot probe.</source>
        <translation>기록에서는 프로브할 수 없습니다.</translation>
    </message>
    <message>
        <source>Open the cluster itself to probe this connection again.</source>
        <translation>이 연결을 다시 프로브하려면 클러스터 자체를 여세요.</translation>
    </message>
    <message>
        <source>Open snapshot</source>
        <translation>스냅샷 열기</translation>
    </message>
    <message>
        <source>Snapshots (*.portolan)</source>
        <translation>스냅샷 (*.portolan)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Open kubeconfig</source>
        <translation>kubeconfig 열기</translation>
    </message>
    <message>
        <source>Save snapshot</source>
        <translation>스냅샷 저장</translation>
    </message>
    <message>
        <source>SVG picture (*.svg)</source>
        <translation>SVG 그림 (*.svg)</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 그림 (*.png)</translation>
    </message>
    <message>
        <source>PDF document (*.pdf)</source>
        <translation>PDF 문서 (*.pdf)</translation>
    </message>
    <message>
        <source>Export selection</source>
        <translation>선택 항목 내보내기</translation>
    </message>
    <message>
        <source>Export map</source>
        <translation>지도 내보내기</translation>
    </message>
    <message>
        <source>Drawing the map</source>
        <translation>지도를 그리는 중</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>%1 쓰는 중</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>The map was not exported</source>
        <translation>지도를 내보내지 못했습니다</translation>
    </message>
    <message>
        <source>The map is on the clipboard</source>
        <translation>지도를 클립보드에 복사했습니다</translation>
    </message>
    <message>
        <source>Map exported</source>
        <translation>지도를 내보냈습니다</translation>
    </message>
    <message>
        <source>current context</source>
        <translation>현재 컨텍스트</translation>
    </message>
    <message>
        <source>demo</source>
        <translation>데모</translation>
    </message>
    <message>
        <source>opening</source>
        <translation>여는 중</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>%1 여는 중</translation>
    </message>
    <message>
        <source>The snapshot was not saved</source>
        <translation>스냅샷을 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Snapshot saved</source>
        <translation>스냅샷을 저장했습니다</translation>
    </message>
    <message>
        <source>No container was added to %1</source>
        <translation>%1에 컨테이너를 추가하지 못했습니다</translation>
    </message>
    <message>
        <source>Container %1 was added</source>
        <translation>컨테이너 %1을(를) 추가했습니다</translation>
    </message>
    <message>
        <source>It stays in the description of %1 until that pod is deleted.</source>
        <translation>%1 파드가 삭제될 때까지 그 명세에 남습니다.</translation>
    </message>
    <message>
        <source>%1 was not opened</source>
        <translation>%1을(를) 열지 못했습니다</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>not opened</source>
        <translation>열지 못함</translation>
    </message>
    <message>
        <source>No cluster</source>
        <translation>클러스터 없음</translation>
    </message>
    <message>
        <source>recording, %1</source>
        <translation>기록, %1</translation>
    </message>
    <message>
        <source>Laying out the map</source>
        <translation>지도를 배치하는 중</translation>
    </message>
    <message>
        <source>%1 is not drawn: its namespace is hidden</source>
        <translation>%1은(는) 그려지지 않았습니다: 네임스페이스가 숨겨져 있습니다</translation>
    </message>
    <message>
        <source>Show the namespace</source>
        <translation>네임스페이스 표시</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>목록 내보내기</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>쉼표로 구분된 값 (*.csv)</translation>
    </message>
    <message>
        <source>List written</source>
        <translation>목록을 저장했습니다</translation>
    </message>
    <message>
        <source>The list was not written</source>
        <translation>목록을 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Only what the filter asks for: %1</source>
        <translation>필터에 맞는 것만 표시: %1</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>모두 표시</translation>
    </message>
    <message>
        <source>Policies are read as if enforced by: %1</source>
        <translation>다음이 적용한다고 보고 정책을 해석합니다: %1</translation>
    </message>
    <message>
        <source>Whoever is detected</source>
        <translation>감지된 주체</translation>
    </message>
    <message>
        <source>The views could not be written down</source>
        <translation>보기를 파일에 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Save this view</source>
        <translation>이 보기 저장</translation>
    </message>
    <message>
        <source>Page, filter, hidden namespaces, lines and zoom are saved under this name:</source>
        <translation>페이지, 필터, 숨긴 네임스페이스, 선, 확대 비율을 이 이름으로 저장합니다:</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>The view was not saved</source>
        <translation>보기를 저장하지 못했습니다</translation>
    </message>
    <message numerus="yes">
        <source>A name has 1 to 80 characters, and a cluster at most %n saved views.</source>
        <translation>
            <numerusform>이름은 1~80자이며, 클러스터마다 보기를 최대 %n개 저장할 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading flow logs</source>
        <translation>흐름 기록을 읽는 중</translation>
    </message>
    <message>
        <source>No flow log was read</source>
        <translation>흐름 기록을 읽지 못했습니다</translation>
    </message>
    <message>
        <source>No observed flows are known</source>
        <translation>알려진 관측 흐름이 없습니다</translation>
    </message>
    <message>
        <source>No flow log of this cluster has been read yet.</source>
        <translation>이 클러스터의 흐름 기록을 아직 읽지 않았습니다.</translation>
    </message>
    <message>
        <source>There were none in this recording.</source>
        <translation>이 녹화에는 없었습니다.</translation>
    </message>
    <message>
        <source>Read flows…</source>
        <translation>흐름 읽기…</translation>
    </message>
</context>
<context>
    <name>portolan::ui::MapCanvas</name>
    <message>
        <source>Map of the cluster</source>
        <translation>클러스터 지도</translation>
    </message>
</context>
<context>
    <name>portolan::ui::MapHistory</name>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Move card</source>
        <translation>카드 옮기기</translation>
    </message>
    <message>
        <source>Move box</source>
        <translation>상자 옮기기</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>고정 해제</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>정리</translation>
    </message>
    <message>
        <source>Show namespaces</source>
        <translation>네임스페이스 보이기</translation>
    </message>
    <message>
        <source>Hide namespaces</source>
        <translation>네임스페이스 숨기기</translation>
    </message>
</context>
<context>
    <name>portolan::ui::MapMenus</name>
    <message>
        <source>Show only %1</source>
        <translation>%1만 표시</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>%1 숨기기</translation>
    </message>
    <message>
        <source>Inspect %1</source>
        <translation>%1 살펴보기</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>이름 복사</translation>
    </message>
    <message>
        <source>Probe from here to a card…</source>
        <translation>여기에서 다른 카드로 프로브…</translation>
    </message>
    <message>
        <source>Probe from here…</source>
        <translation>여기에서 프로브…</translation>
    </message>
    <message>
        <source>Probe it…</source>
        <translation>이곳을 프로브…</translation>
    </message>
    <message>
        <source>Inspect this line</source>
        <translation>이 선 살펴보기</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>프로브</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>반복</translation>
    </message>
    <message numerus="yes">
        <source>Burst of %n</source>
        <translation>
            <numerusform>연속 %n회</numerusform>
        </translation>
    </message>
    <message>
        <source>Probe between its ends…</source>
        <translation>양 끝 사이 프로브…</translation>
    </message>
    <message>
        <source>Copy kubectl command</source>
        <translation>kubectl 명령 복사</translation>
    </message>
    <message>
        <source>Whole map</source>
        <translation>지도 전체</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Probe a pair…</source>
        <translation>쌍을 골라 프로브…</translation>
    </message>
    <message>
        <source>What if…</source>
        <translation>가정해 보기…</translation>
    </message>
    <message>
        <source>What if it were deleted…</source>
        <translation>삭제한다고 가정…</translation>
    </message>
    <message>
        <source>Least-privilege policy…</source>
        <translation>최소 권한 정책…</translation>
    </message>
    <message>
        <source>Suggest a policy…</source>
        <translation>정책 제안…</translation>
    </message>
    <message numerus="yes">
        <source>%n more: zoom in</source>
        <translation>
            <numerusform>%n개 더: 확대</numerusform>
        </translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>고정 해제</translation>
    </message>
    <message>
        <source>Pin here</source>
        <translation>여기에 고정</translation>
    </message>
</context>
<context>
    <name>portolan::ui::MatrixLegend</name>
    <message>
        <source>Legend</source>
        <translation>범례</translation>
    </message>
</context>
<context>
    <name>portolan::ui::MatrixTable</name>
    <message>
        <source>%1 → %2: %3</source>
        <translation>%1 → %2: %3</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n workloads)</source>
        <translation>
            <numerusform>%1 (워크로드 %n개)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portolan::ui::MatrixView</name>
    <message>
        <source>Port</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>Port that the matrix is about</source>
        <translation>매트릭스가 나타내는 포트</translation>
    </message>
    <message>
        <source>Any port</source>
        <translation>모든 포트</translation>
    </message>
    <message>
        <source>Fold namespaces</source>
        <translation>네임스페이스 접기</translation>
    </message>
    <message>
        <source>Matrix: rows are sources, columns are destinations</source>
        <translation>매트릭스: 행은 출발지, 열은 목적지</translation>
    </message>
    <message>
        <source>Evaluating the policies…</source>
        <translation>정책 평가 중…</translation>
    </message>
    <message>
        <source>No workloads</source>
        <translation>워크로드 없음</translation>
    </message>
    <message numerus="yes">
        <source>%n workloads</source>
        <translation>
            <numerusform>워크로드 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Like ones together</source>
        <translation>비슷한 것끼리</translation>
    </message>
</context>
<context>
    <name>portolan::ui::NamespaceModel</name>
    <message>
        <source>%1 wl · %2 pol</source>
        <comment>numbers of workloads and policies, abbreviated</comment>
        <translation>워크 %1 · 정책 %2</translation>
    </message>
    <message>
        <source>%1, %2 workloads, %3 policies</source>
        <translation>%1, 워크로드 %2개, 정책 %3개</translation>
    </message>
</context>
<context>
    <name>portolan::ui::NamespacePanel</name>
    <message>
        <source>Namespaces</source>
        <translation>네임스페이스</translation>
    </message>
    <message>
        <source>Filter namespaces</source>
        <translation>네임스페이스 거르기</translation>
    </message>
    <message>
        <source>Show only %1</source>
        <translation>%1만 표시</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 표시</translation>
    </message>
</context>
<context>
    <name>portolan::ui::NoticeBar</name>
    <message>
        <source>Close this message</source>
        <translation>이 메시지 닫기</translation>
    </message>
</context>
<context>
    <name>portolan::ui::PairDialog</name>
    <message>
        <source>Probe a pair</source>
        <translation>쌍 프로브</translation>
    </message>
    <message>
        <source>namespace/pod</source>
        <translation>네임스페이스/파드</translation>
    </message>
    <message>
        <source>Source pod</source>
        <translation>출발지 파드</translation>
    </message>
    <message>
        <source>service, pod, host name or address</source>
        <translation>서비스, 파드, 호스트 이름 또는 주소</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>목적지</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>Way of asking</source>
        <translation>확인 방법</translation>
    </message>
    <message>
        <source>From</source>
        <translation>출발지</translation>
    </message>
    <message>
        <source>To</source>
        <translation>목적지</translation>
    </message>
    <message>
        <source>With</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>프로브</translation>
    </message>
    <message>
        <source>No running pod has that name.</source>
        <translation>그 이름으로 실행 중인 파드가 없습니다.</translation>
    </message>
    <message>
        <source>Write “svc namespace/name”, “pod namespace/name”, a host name or an address.</source>
        <translation>“svc 네임스페이스/이름”, “pod 네임스페이스/이름”, 호스트 이름 또는 주소를 쓰세요.</translation>
    </message>
    <message>
        <source>The probe runs a small command in the source pod, by exec.</source>
        <translation>프로브는 출발지 파드에서 exec로 작은 명령을 실행합니다.</translation>
    </message>
</context>
<context>
    <name>portolan::ui::PathView</name>
    <message>
        <source>Path of one connection</source>
        <translation>한 연결의 경로</translation>
    </message>
    <message>
        <source>Choose a line on the map, or a pair of pods in the Probe menu: the way of that connection is shown here, hop by hop.</source>
        <translation>지도에서 선을 고르거나 프로브 메뉴에서 파드 쌍을 고르십시오. 그 연결이 지나는 길을 홉별로 보여 줍니다.</translation>
    </message>
    <message>
        <source>No connection is chosen</source>
        <translation>선택한 연결이 없습니다</translation>
    </message>
    <message>
        <source>Layer by layer</source>
        <translation>계층별</translation>
    </message>
    <message>
        <source>Measured at %1. A line opens its evidence: the command and what it printed.</source>
        <translation>%1에 측정했습니다. 줄을 열면 근거(명령과 출력)가 보입니다.</translation>
    </message>
    <message>
        <source>Nothing has been measured yet: probe the connection from the inspector.</source>
        <translation>아직 측정하지 않았습니다. 인스펙터에서 이 연결을 프로브하십시오.</translation>
    </message>
</context>
<context>
    <name>portolan::ui::ProbeLatencyChart</name>
    <message>
        <source>Latency of repeated probes</source>
        <translation>반복 프로브의 지연 시간</translation>
    </message>
    <message>
        <source>Probe a connection several times to see its latency here.</source>
        <translation>연결을 여러 번 프로브하면 지연 시간이 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
</context>
<context>
    <name>portolan::ui::RawField</name>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Lines %1 to %2 are marked</source>
        <translation>%1~%2행이 강조됨</translation>
    </message>
</context>
<context>
    <name>portolan::ui::RuleWidget</name>
    <message>
        <source>Hides the lines of the rule</source>
        <translation>규칙의 행을 숨깁니다</translation>
    </message>
    <message>
        <source>Shows the lines of the rule</source>
        <translation>규칙의 행을 표시합니다</translation>
    </message>
    <message>
        <source>YAML of %1</source>
        <translation>%1의 YAML</translation>
    </message>
    <message>
        <source>Go to the policy</source>
        <translation>정책으로 이동</translation>
    </message>
</context>
<context>
    <name>portolan::ui::SavedViewsMenu</name>
    <message>
        <source>Saved views</source>
        <translation>저장한 보기</translation>
    </message>
    <message>
        <source>Save this view…</source>
        <translation>이 보기 저장…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
</context>
<context>
    <name>portolan::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정 따름</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>언어(&amp;L)</translation>
    </message>
    <message>
        <source>Used from the next start.</source>
        <translation>다음 시작부터 적용됩니다.</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds, behind a number</comment>
        <translation>초</translation>
    </message>
    <message>
        <source>&amp;Repeat probes every</source>
        <translation>프로브 반복 간격(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Image with tools</source>
        <translation>도구 이미지(&amp;I)</translation>
    </message>
    <message>
        <source>For ephemeral containers in pods whose own image has no tool to probe with.</source>
        <translation>자체 이미지에 프로브 도구가 없는 파드의 임시 컨테이너에 사용합니다.</translation>
    </message>
</context>
<context>
    <name>portolan::ui::StatusStrip</name>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>배율</translation>
    </message>
    <message>
        <source>No cluster open</source>
        <translation>열린 클러스터 없음</translation>
    </message>
    <message>
        <source>nothing here is live</source>
        <translation>실시간 정보가 아닙니다</translation>
    </message>
    <message>
        <source>read-only until you run a probe</source>
        <translation>프로브를 실행하기 전까지 읽기 전용</translation>
    </message>
    <message numerus="yes">
        <source>%Ln pod(s)</source>
        <translation>
            <numerusform>파드 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln service(s)</source>
        <translation>
            <numerusform>서비스 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln polic(ies)</source>
        <translation>
            <numerusform>정책 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln node(s)</source>
        <translation>
            <numerusform>노드 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not readable</source>
        <translation>
            <numerusform>읽을 수 없음 %Ln건</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>portolan::ui::StepWidget</name>
    <message>
        <source>Opens the command and what it printed</source>
        <translation>명령과 그 출력을 펼칩니다</translation>
    </message>
    <message>
        <source>Copy kubectl command</source>
        <translation>kubectl 명령 복사</translation>
    </message>
</context>
<context>
    <name>portolan::ui::TablesView</name>
    <message>
        <source>Tables</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Filter rows</source>
        <translation>행 거르기</translation>
    </message>
    <message>
        <source>Filter rows of the table</source>
        <translation>표의 행 거르기</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln행</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>portolan::ui::TopBar</name>
    <message>
        <source>Main tool bar</source>
        <translation>기본 도구 모음</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>표</translation>
    </message>
    <message>
        <source>Save snapshot</source>
        <translation>스냅샷 저장</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>매트릭스</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>경로</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>Probed</source>
        <translation>프로브</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>관측</translation>
    </message>
</context>
<context>
    <name>portolan::ui::WhatIfPanel</name>
    <message>
        <source>What if</source>
        <translation>가정</translation>
    </message>
    <message>
        <source>Evaluating the policies…</source>
        <translation>정책 평가 중…</translation>
    </message>
    <message>
        <source>Nothing is written to the cluster</source>
        <translation>클러스터에는 아무것도 쓰지 않습니다</translation>
    </message>
    <message>
        <source>Policies as YAML</source>
        <translation>YAML 정책</translation>
    </message>
    <message>
        <source>Policies as YAML: a new one, a changed one, or several</source>
        <translation>YAML 정책: 새 정책, 바꾼 정책, 또는 여러 개</translation>
    </message>
    <message>
        <source>Problems of the text</source>
        <translation>텍스트의 문제</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>새 정책</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy the policies</source>
        <translation>정책 복사</translation>
    </message>
    <message>
        <source>What changes</source>
        <translation>바뀌는 것</translation>
    </message>
    <message>
        <source>Close the what-if</source>
        <translation>가정 닫기</translation>
    </message>
    <message>
        <source>Connections that change</source>
        <translation>바뀌는 연결</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>목록 복사</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Export the list as CSV</source>
        <translation>목록을 CSV로 내보내기</translation>
    </message>
</context>
<context>
    <name>portolan::ui::WindowActions</name>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>Open snapshot…</source>
        <translation>스냅샷 열기…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Whole map as PNG, SVG or PDF…</source>
        <translation>지도 전체를 PNG, SVG, PDF로…</translation>
    </message>
    <message>
        <source>Selection as PNG, SVG or PDF…</source>
        <translation>선택 항목을 PNG, SVG, PDF로…</translation>
    </message>
    <message>
        <source>Copy whole map as image</source>
        <translation>지도 전체를 그림으로 복사</translation>
    </message>
    <message>
        <source>Copy selection as image</source>
        <translation>선택 항목을 그림으로 복사</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>설정…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>서비스</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>노드</translation>
    </message>
    <message>
        <source>Tables instead of the map</source>
        <translation>지도 대신 표</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Whole map</source>
        <translation>지도 전체</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>선택 항목</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>앞으로</translation>
    </message>
    <message>
        <source>Namespaces and findings</source>
        <translation>네임스페이스와 발견 사항</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>상세 정보</translation>
    </message>
    <message>
        <source>Probe latency</source>
        <translation>프로브 지연 시간</translation>
    </message>
    <message>
        <source>Minimap</source>
        <translation>미니맵</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정 따름</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>&amp;Cluster</source>
        <translation>클러스터(&amp;C)</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>찾기…</translation>
    </message>
    <message>
        <source>Show all namespaces</source>
        <translation>모든 네임스페이스 표시</translation>
    </message>
    <message>
        <source>What could not be read</source>
        <translation>읽을 수 없었던 것</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>다시 읽기</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>읽기 중지</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>&amp;Probe</source>
        <translation>프로브(&amp;P)</translation>
    </message>
    <message>
        <source>Probe the selected line</source>
        <translation>선택한 선 프로브</translation>
    </message>
    <message>
        <source>Repeat it</source>
        <translation>반복하기</translation>
    </message>
    <message numerus="yes">
        <source>Burst of %n</source>
        <translation>
            <numerusform>연속 %n회</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel all probes</source>
        <translation>모든 프로브 취소</translation>
    </message>
    <message>
        <source>Probe a pair…</source>
        <translation>쌍을 골라 프로브…</translation>
    </message>
    <message>
        <source>&amp;Snapshot</source>
        <translation>스냅샷(&amp;S)</translation>
    </message>
    <message>
        <source>Save snapshot…</source>
        <translation>스냅샷 저장…</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>창(&amp;W)</translation>
    </message>
    <message>
        <source>Minimize</source>
        <translation>최소화</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Reset panels</source>
        <translation>패널 초기화</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>키보드 단축키</translation>
    </message>
    <message>
        <source>About Portolan</source>
        <translation>Portolan 정보</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>매트릭스</translation>
    </message>
    <message>
        <source>What if…</source>
        <translation>가정해 보기…</translation>
    </message>
    <message>
        <source>Suggest a policy for the selected line</source>
        <translation>선택한 선의 정책 제안</translation>
    </message>
    <message>
        <source>Least-privilege policy…</source>
        <translation>최소 권한 정책…</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>경로</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Of policies and services</source>
        <translation>정책과 서비스의 연결</translation>
    </message>
    <message>
        <source>That were probed</source>
        <translation>프로브한 연결</translation>
    </message>
    <message>
        <source>All lines</source>
        <translation>모든 연결</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>포커스</translation>
    </message>
    <message>
        <source>Direct neighbours	1</source>
        <translation>직접 이웃	1</translation>
    </message>
    <message>
        <source>Two lines away	2</source>
        <translation>연결 두 개까지	2</translation>
    </message>
    <message>
        <source>Three lines away	3</source>
        <translation>연결 세 개까지	3</translation>
    </message>
    <message>
        <source>Only this</source>
        <translation>이것만</translation>
    </message>
    <message>
        <source>The whole map again</source>
        <translation>전체 지도로 돌아가기</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>정리</translation>
    </message>
    <message>
        <source>That traffic was seen on</source>
        <translation>트래픽이 관측된 선</translation>
    </message>
    <message>
        <source>Read observed flows…</source>
        <translation>관측된 흐름 읽기…</translation>
    </message>
</context>
</TS>
