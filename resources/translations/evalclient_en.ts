<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="zh_CN">
<context>
    <name>ActLine</name>
    <message>
        <source>正在签名并保存…</source>
        <translation>Signing and saving…</translation>
    </message>
</context>
<context>
    <name>AdministratorPage</name>
    <message>
        <source>本场地尚无评委位</source>
        <translation>No member has a place at this site yet</translation>
    </message>
    <message>
        <source>组织方指派评委后，这里按位列出；姓名在评委本人用证书登录后显示。</source>
        <translation>Places are listed here once the organiser has appointed members; names appear when they sign in with their certificates.</translation>
    </message>
    <message>
        <source>已签到 {arrived}/{places}</source>
        <translation>{arrived} of {places} arrived</translation>
    </message>
    <message>
        <source>评标已结束：请办理评委离场、归还寄存物品，并移交本场地的资料。</source>
        <translation>The evaluation is over: see the members out, return what was deposited, hand over this site’s papers.</translation>
    </message>
    <message>
        <source>请登记席位、逐项检查设备，然后确认场地就绪。</source>
        <translation>Enter the seats, check the devices one by one, then confirm that the site is ready.</translation>
    </message>
    <message>
        <source>本场地已就绪：请等候开标和其他场地确认。</source>
        <translation>This site is ready: wait for the opening and for the other sites.</translation>
    </message>
    <message>
        <source>请核验到场评委的身份，逐位登记签到。</source>
        <translation>Check the identity of each member who arrives and record the arrival.</translation>
    </message>
    <message>
        <source>有新的评委位：请核验接替者身份并登记签到。</source>
        <translation>There is a new place: check the successor’s identity and record the arrival.</translation>
    </message>
    <message>
        <source>本场地评委已全部签到：请维持现场秩序，如需更换评委可在其卡片上申请。</source>
        <translation>All members of this site have arrived: keep order; a replacement can be requested on the member’s card.</translation>
    </message>
</context>
<context>
    <name>BidPage</name>
    <message>
        <source>投标人</source>
        <translation>Bidders</translation>
    </message>
</context>
<context>
    <name>BidReader</name>
    <message>
        <source>等待开放</source>
        <translation>Not released yet</translation>
    </message>
    <message>
        <source>组织方尚未向您的席位授予该投标文件的密钥。</source>
        <translation>The organiser has not granted your seat the key of this bid yet.</translation>
    </message>
    <message>
        <source>下载已取消。</source>
        <translation>The download was cancelled.</translation>
    </message>
    <message>
        <source>投标文件不能查看</source>
        <translation>The bid cannot be shown</translation>
    </message>
    <message>
        <source>正在准备投标文件</source>
        <translation>Getting the bid ready</translation>
    </message>
    <message>
        <source>下载并核对投标人签名与摘要后自动显示。</source>
        <translation>It is shown once it has been downloaded and its signature and digests have been checked.</translation>
    </message>
</context>
<context>
    <name>BidderList</name>
    <message>
        <source>投标人</source>
        <translation>Bidders</translation>
    </message>
</context>
<context>
    <name>CandidateRow</name>
    <message>
        <source>选择</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>已选择</source>
        <translation>Chosen</translation>
    </message>
    <message>
        <source>推选{name}为组长</source>
        <translation>Vote for {name} as leader</translation>
    </message>
</context>
<context>
    <name>CandidatesPage</name>
    <message>
        <source>签名推荐以上候选人</source>
        <translation>Sign and recommend these candidates</translation>
    </message>
    <message>
        <source>推荐的中标候选人</source>
        <translation>Recommended candidates</translation>
    </message>
    <message>
        <source>候选人已记录。</source>
        <translation>The candidates are recorded.</translation>
    </message>
    <message>
        <source>请核对候选人及次序，签名推荐。</source>
        <translation>Check the candidates and their order, then sign the recommendation.</translation>
    </message>
    <message>
        <source>无须操作：等待组长推荐中标候选人。</source>
        <translation>Nothing to do: waiting for the leader to recommend the candidates.</translation>
    </message>
    <message>
        <source>投标报价 {price} 元</source>
        <translation>Price {price} CNY</translation>
    </message>
    <message>
        <source>{total} 分</source>
        <translation>{total} points</translation>
    </message>
    <message>
        <source>{names} 并列，名额不足，由招标人（采购人）依规定确定。</source>
        <translation>{names} are equal and not all can be candidates; the tenderer (purchaser) decides as the rules say.</translation>
    </message>
    <message>
        <source>已推荐</source>
        <translation>Recommended</translation>
    </message>
    <message>
        <source>待组长推荐</source>
        <translation>Waiting for the leader</translation>
    </message>
</context>
<context>
    <name>Colleague</name>
    <message>
        <source>查看该评委的评分表</source>
        <translation>Look at this member’s score sheet</translation>
    </message>
    <message>
        <source>查看{name}的评分表</source>
        <translation>Look at the score sheet of {name}</translation>
    </message>
</context>
<context>
    <name>CommitteeStrip</name>
    <message>
        <source>结束本环节</source>
        <translation>End this stage</translation>
    </message>
    <message>
        <source>其他事项</source>
        <translation>Other matters</translation>
    </message>
    <message>
        <source>本环节已齐备：请结束本环节，进入“{stage}”。</source>
        <translation>Everything is there: end this stage and go on to “{stage}”.</translation>
    </message>
    <message>
        <source>等待组长结束本环节。</source>
        <translation>Waiting for the leader to end this stage.</translation>
    </message>
    <message>
        <source>等待组织方结束本环节。</source>
        <translation>Waiting for the organiser to end this stage.</translation>
    </message>
    <message>
        <source>本环节已完成</source>
        <translation>done with this stage</translation>
    </message>
    <message>
        <source>本环节进行中</source>
        <translation>still at work</translation>
    </message>
    <message>
        <source>本环节无须办理</source>
        <translation>nothing to do in this stage</translation>
    </message>
    <message>
        <source>正在签名并保存…</source>
        <translation>Signing and saving…</translation>
    </message>
</context>
<context>
    <name>ConfirmPanel</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>Correction</name>
    <message>
        <source>维持并说明</source>
        <translation>Keep, with reason</translation>
    </message>
    <message>
        <source>更正评分</source>
        <translation>Correct the score</translation>
    </message>
    <message>
        <source>更正为</source>
        <translation>Correct to</translation>
    </message>
    <message>
        <source>理由（必填），如依据哪一页证明材料</source>
        <translation>Reason (required), such as the page of the evidence</translation>
    </message>
    <message>
        <source>更正后的分值</source>
        <translation>Corrected score</translation>
    </message>
    <message>
        <source>您的评分：{value} 分</source>
        <translation>Your score: {value}</translation>
    </message>
    <message>
        <source>您维持 {value} 分：{reason}</source>
        <translation>You keep {value}: {reason}</translation>
    </message>
    <message>
        <source>您已更正 {old} → {new} 分：{reason}</source>
        <translation>You corrected {old} → {new}: {reason}</translation>
    </message>
    <message>
        <source>与原评分相同，无须更正。</source>
        <translation>That is the present score; there is nothing to correct.</translation>
    </message>
    <message>
        <source>填写更正后的分值与理由；或只写理由，维持原分。</source>
        <translation>Give the corrected score and the reason, or the reason alone to keep the score.</translation>
    </message>
</context>
<context>
    <name>DifferenceCard</name>
    <message>
        <source>{value} 分：{condition}</source>
        <translation>{value}: {condition}</translation>
    </message>
</context>
<context>
    <name>DocumentView</name>
    <message>
        <source>正在打开文档…</source>
        <translation>Opening the document…</translation>
    </message>
    <message>
        <source>目录</source>
        <translation>Contents</translation>
    </message>
    <message>
        <source>页码</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>搜索</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>在文档中搜索</source>
        <translation>Search the document</translation>
    </message>
    <message>
        <source>上一页</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>缩小</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <source>放大</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>适合宽度</source>
        <translation>Fit width</translation>
    </message>
    <message>
        <source>{0} 处</source>
        <translation>{0} found</translation>
    </message>
</context>
<context>
    <name>DraftMark</name>
    <message>
        <source>保存中</source>
        <translation>Saving</translation>
    </message>
    <message>
        <source>已存本机</source>
        <translation>Saved here</translation>
    </message>
    <message>
        <source>已写入本席位磁盘，尚未送达评标中心</source>
        <translation>On this seat’s disk, not yet at the centre</translation>
    </message>
    <message>
        <source>中心已收</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>已收入评标中心日志</source>
        <translation>In the centre’s log</translation>
    </message>
</context>
<context>
    <name>EndedPage</name>
    <message>
        <source>推荐的中标候选人</source>
        <translation>Recommended candidates</translation>
    </message>
    <message>
        <source>项目指纹</source>
        <translation>Fingerprint</translation>
    </message>
    <message>
        <source>归档文件可由任何人用“evalclient verify”命令核验，指纹与公告一致即为本项目。</source>
        <translation>Anyone can check the archive with “evalclient verify”; it is this evaluation if the fingerprint is the one announced.</translation>
    </message>
    <message>
        <source>无须操作：报告已签署，等待组织方记录评标结束。</source>
        <translation>Nothing to do: the report is signed; waiting for the organiser to record the end.</translation>
    </message>
    <message>
        <source>评标已结束：请取回寄存物品，向场地管理员办理离场。</source>
        <translation>The evaluation is over: collect your things and sign out with the site’s administrator.</translation>
    </message>
    <message>
        <source>评标报告已全部签署</source>
        <translation>The report is signed by all</translation>
    </message>
    <message>
        <source>组织方记录评标结束后归档。</source>
        <translation>It is archived once the organiser has recorded the end.</translation>
    </message>
    <message>
        <source>评标已结束</source>
        <translation>The evaluation is over</translation>
    </message>
</context>
<context>
    <name>FewValid</name>
    <message>
        <source>有效投标不足：竞争性表决</source>
        <translation>Too few valid bids: do they compete?</translation>
    </message>
    <message>
        <source>仍具有竞争性</source>
        <translation>They still compete</translation>
    </message>
    <message>
        <source>明显缺乏竞争</source>
        <translation>No competition is left</translation>
    </message>
    <message>
        <source>理由（必填）</source>
        <translation>Reason (required)</translation>
    </message>
    <message>
        <source>签名表决</source>
        <translation>Sign and vote</translation>
    </message>
    <message>
        <source>有效投标 {valid} 家，不足 {minimum} 家。已表决：具有竞争性 {yes}，缺乏竞争 {no}。</source>
        <translation>{valid} valid bids, fewer than {minimum}. Votes: {yes} that they compete, {no} that they do not.</translation>
    </message>
    <message>
        <source>您已表决</source>
        <translation>You have voted</translation>
    </message>
    <message>
        <source>请先选择其中一项。</source>
        <translation>Choose one of the two first.</translation>
    </message>
</context>
<context>
    <name>FlagCard</name>
    <message>
        <source>已复核，维持</source>
        <translation>Checked, stays</translation>
    </message>
    <message>
        <source>复核意见（必填）</source>
        <translation>Your answer (required)</translation>
    </message>
    <message>
        <source>复核意见（必填，本条不涉及您本人评分）</source>
        <translation>Your answer (required; this one is not about your own scores)</translation>
    </message>
    <message>
        <source>已复核，评审依据充分，维持原意见。</source>
        <translation>Re-checked; the opinion is well grounded and stays.</translation>
    </message>
    <message>
        <source>评分</source>
        <translation>score</translation>
    </message>
    <message>
        <source>其他评委平均</source>
        <translation>mean of the others</translation>
    </message>
    <message>
        <source>偏差</source>
        <translation>deviation</translation>
    </message>
    <message>
        <source>报价</source>
        <translation>price</translation>
    </message>
    <message>
        <source>低于</source>
        <translation>below by</translation>
    </message>
    <message>
        <source>警戒线</source>
        <translation>warning line</translation>
    </message>
    <message>
        <source>有效投标</source>
        <translation>valid bids</translation>
    </message>
    <message>
        <source>应有</source>
        <translation>needed</translation>
    </message>
    <message>
        <source>候选名额</source>
        <translation>candidates allowed</translation>
    </message>
    <message>
        <source>最低</source>
        <translation>lowest</translation>
    </message>
    <message>
        <source>最高</source>
        <translation>highest</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>电子评标室</source>
        <translation>Evaluation room</translation>
    </message>
</context>
<context>
    <name>GroupResult</name>
    <message>
        <source>小组结论（少数服从多数）</source>
        <translation>Result of the group (by majority)</translation>
    </message>
</context>
<context>
    <name>ItemCard</name>
    <message>
        <source>写意见</source>
        <translation>Add a remark</translation>
    </message>
    <message>
        <source>待评分</source>
        <translation>To score</translation>
    </message>
    <message>
        <source>需写理由</source>
        <translation>Reason needed</translation>
    </message>
    <message>
        <source>评审理由（必填）</source>
        <translation>Reason (required)</translation>
    </message>
    <message>
        <source>评审意见（可选）</source>
        <translation>Remark (optional)</translation>
    </message>
</context>
<context>
    <name>LeaderPage</name>
    <message>
        <source>签名并投票</source>
        <translation>Sign and vote</translation>
    </message>
    <message>
        <source>推选评标委员会组长</source>
        <translation>Election of the leader</translation>
    </message>
    <message>
        <source>组长已产生：{name}。</source>
        <translation>The leader is {name}.</translation>
    </message>
    <message>
        <source>无须操作：本项目组长由招标人确定。</source>
        <translation>Nothing to do: in this evaluation the tenderer names the leader.</translation>
    </message>
    <message>
        <source>您已投票：请等候其他评委投票。</source>
        <translation>You have voted: wait for the others.</translation>
    </message>
    <message>
        <source>请选择一名评委并签名投票（第 {ballot} 次投票）。</source>
        <translation>Choose a member and sign your vote (ballot {ballot}).</translation>
    </message>
    <message>
        <source>组长</source>
        <translation>Leader</translation>
    </message>
    <message>
        <source>采购人代表不得担任组长</source>
        <translation>A representative may not lead</translation>
    </message>
    <message>
        <source>采购人（招标人）代表</source>
        <translation>Purchaser’s (tenderer’s) representative</translation>
    </message>
    <message>
        <source>评标专家</source>
        <translation>Expert</translation>
    </message>
    <message>
        <source>本人</source>
        <translation>you</translation>
    </message>
    <message>
        <source>已产生</source>
        <translation>Elected</translation>
    </message>
    <message>
        <source>第 {ballot} 次投票</source>
        <translation>Ballot {ballot}</translation>
    </message>
    <message>
        <source>无记名投票，得票最多者当选；得票相同则再次投票。选票先封存，全体投完后同时公开。已投 {sealed}/{everybody}。</source>
        <translation>A secret vote: most votes win, a tie is voted on again. Votes are sealed and opened together when all are in. {sealed} of {everybody} so far.</translation>
    </message>
    <message>
        <source>第 {ballot} 次投票：{result}（票）</source>
        <translation>Ballot {ballot}: {result} (votes)</translation>
    </message>
    <message>
        <source>您已投票，等待其他评委。</source>
        <translation>You have voted; waiting for the others.</translation>
    </message>
    <message>
        <source>将用您的证书签名，投给 {name}；投出后不显示给任何人。</source>
        <translation>Signed with your certificate, for {name}; nobody sees it afterwards.</translation>
    </message>
</context>
<context>
    <name>LinkRow</name>
    <message>
        <source>第 {page} 页</source>
        <translation>p. {page}</translation>
    </message>
</context>
<context>
    <name>Live</name>
    <message>
        <source>{number} 号评委</source>
        <translation>Member {number}</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>解锁</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>屏幕已锁定</source>
        <translation>The screen is locked</translation>
    </message>
    <message>
        <source>已填写的内容都已保存，输入证书 PIN 码继续。</source>
        <translation>Everything you entered is saved; enter the certificate’s PIN to go on.</translation>
    </message>
    <message>
        <source>PIN 码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>请输入证书 PIN 码</source>
        <translation>Enter the certificate’s PIN</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>损坏的数据已原样移到 {folder}，已同步的内容从评标中心取回；请核对损坏前最后填写的几项，并告知技术人员。</source>
        <translation>The damaged data lies in {folder}, as it was. What was synchronised has come back from the centre; check the last fields you filled in before the damage, and tell the technician.</translation>
    </message>
</context>
<context>
    <name>Message</name>
    <message>
        <source>关闭提示</source>
        <translation>Close this message</translation>
    </message>
</context>
<context>
    <name>OfferRow</name>
    <message>
        <source>演练</source>
        <translation>Practice</translation>
    </message>
    <message>
        <source>本机已有</source>
        <translation>On this machine</translation>
    </message>
    <message>
        <source>投标截止 {time}</source>
        <translation>Deadline {time}</translation>
    </message>
    <message>
        <source>指纹 {groups}</source>
        <translation>Fingerprint {groups}</translation>
    </message>
    <message>
        <source>已选择</source>
        <translation>Chosen</translation>
    </message>
</context>
<context>
    <name>OpinionCard</name>
    <message>
        <source>待评审</source>
        <translation>To review</translation>
    </message>
    <message>
        <source>需写理由</source>
        <translation>Reason needed</translation>
    </message>
</context>
<context>
    <name>OtherMatters</name>
    <message>
        <source>其他事项</source>
        <translation>Other matters</translation>
    </message>
    <message>
        <source>写明与哪家投标人有何种关系</source>
        <translation>Say what relation to which bidder</translation>
    </message>
    <message>
        <source>写明招标（采购）文件哪一条、何种缺陷</source>
        <translation>Say which clause of the tender document, and what is wrong</translation>
    </message>
    <message>
        <source>写明回退原因</source>
        <translation>Say why</translation>
    </message>
    <message>
        <source>回退到的环节</source>
        <translation>Stage to go back to</translation>
    </message>
    <message>
        <source>声明回避</source>
        <translation>Declare a conflict</translation>
    </message>
    <message>
        <source>认定文件缺陷</source>
        <translation>Declare a defect</translation>
    </message>
    <message>
        <source>申请回退</source>
        <translation>Ask for a roll-back</translation>
    </message>
    <message>
        <source>评审中发现应当回避的情形须立即声明；声明后由组织方更换评委，结论由接替者重新作出。</source>
        <translation>A conflict found during the work must be declared at once; the organiser then replaces you, and your successor works anew.</translation>
    </message>
    <message>
        <source>认定招标（采购）文件存在重大缺陷</source>
        <translation>A serious defect of the tender document</translation>
    </message>
    <message>
        <source>过半数评委认定后停止评审，由组织方修改文件后重新采购。</source>
        <translation>When more than half of the members find it, the evaluation stops and the organiser tenders again.</translation>
    </message>
    <message>
        <source>由组长申请、行政监督批准；回退环节及其后的结论作废，原记录保留。</source>
        <translation>The leader asks, the supervisor approves; conclusions from that stage on become void, their records stay.</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>当前环节</source>
        <translation>Present stage</translation>
    </message>
    <message>
        <source>评标委员会</source>
        <translation>Committee</translation>
    </message>
    <message>
        <source>已结束的环节</source>
        <translation>Stages that have ended</translation>
    </message>
    <message>
        <source>未生效的记录</source>
        <translation>Records without effect</translation>
    </message>
    <message>
        <source>{0}：可以结束。</source>
        <translation>{0}: may be ended.</translation>
    </message>
</context>
<context>
    <name>PackageLine</name>
    <message>
        <source>{size} MiB，封条与摘要核对无误，可查看。</source>
        <translation>{size} MiB, seal and digests are in order; ready to read.</translation>
    </message>
    <message>
        <source>正在下载 {figures}</source>
        <translation>Downloading {figures}</translation>
    </message>
    <message>
        <source>正在核对投标人签名与逐卷摘要…</source>
        <translation>Checking the bidder’s signature and the digest of each volume…</translation>
    </message>
    <message>
        <source>已取消下载；已收到的部分保留，可继续。</source>
        <translation>The download was cancelled; what has come stays, and it can go on.</translation>
    </message>
    <message>
        <source>排队等待下载</source>
        <translation>Waiting for its turn</translation>
    </message>
    <message>
        <source>等待组织方授予密钥</source>
        <translation>Waiting for the organiser to grant the key</translation>
    </message>
</context>
<context>
    <name>PackagesPage</name>
    <message>
        <source>投标文件开放与核验</source>
        <translation>Release and check of the bids</translation>
    </message>
    <message>
        <source>无须操作：等待组织方向您的席位开放投标文件。</source>
        <translation>Nothing to do: waiting for the organiser to release the bids to your seat.</translation>
    </message>
    <message>
        <source>投标文件已全部核验，可以开始评审。</source>
        <translation>All bids are checked; the review can begin.</translation>
    </message>
    <message>
        <source>无须操作：投标文件正在下载并核验，完成后即可评审。</source>
        <translation>Nothing to do: the bids are being downloaded and checked; then the review begins.</translation>
    </message>
    <message>
        <source>密钥已授予</source>
        <translation>Keys granted</translation>
    </message>
    <message>
        <source>等待密钥</source>
        <translation>Waiting for keys</translation>
    </message>
    <message>
        <source>投标文件以密文下载，逐卷核对投标人签名与摘要；密钥只授予您当前席位的会话，解密内容只在内存中显示，不写入磁盘。</source>
        <translation>Bids come encrypted; the bidder’s signature and each volume’s digest are checked. The keys are granted to this session of yours alone; what they open is shown from memory and never written to disk.</translation>
    </message>
</context>
<context>
    <name>PageCanvas</name>
    <message>
        <source>文档页面</source>
        <translation>Pages of the document</translation>
    </message>
    <message>
        <source>本页无法显示</source>
        <translation>This page cannot be shown</translation>
    </message>
    <message>
        <source>正在载入第 {0} 页…</source>
        <translation>Loading page {0}…</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>PaperList</name>
    <message>
        <source>项目文件</source>
        <translation>Papers of the tender</translation>
    </message>
    <message>
        <source>评标办法（文字说明）</source>
        <translation>The method in words</translation>
    </message>
    <message>
        <source>已打开 {read}/{everything} 份</source>
        <translation>{read} of {everything} opened</translation>
    </message>
</context>
<context>
    <name>PassFail</name>
    <message>
        <source>通过</source>
        <translation>Pass</translation>
    </message>
    <message>
        <source>不通过</source>
        <translation>Fail</translation>
    </message>
    <message>
        <source>不通过的理由（必填）</source>
        <translation>Reason for the fail (required)</translation>
    </message>
</context>
<context>
    <name>PinDialog</name>
    <message>
        <source>PIN 码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>请输入证书 PIN 码</source>
        <translation>Enter the certificate’s PIN</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>请稍候…</source>
        <translation>Please wait…</translation>
    </message>
</context>
<context>
    <name>PledgePage</name>
    <message>
        <source>投标人</source>
        <translation>Bidders</translation>
    </message>
    <message>
        <source>不存在应回避的情形</source>
        <translation>No conflict</translation>
    </message>
    <message>
        <source>需要回避</source>
        <translation>Conflict</translation>
    </message>
    <message>
        <source>签名声明</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>本人已阅读左侧全部文件，郑重承诺遵守承诺书所列各项，独立、客观、公正评审。</source>
        <translation>I have read all papers on the left and pledge to keep to the pledge: to evaluate independently, objectively and fairly.</translation>
    </message>
    <message>
        <source>签署承诺书</source>
        <translation>Sign the pledge</translation>
    </message>
    <message>
        <source>回避声明</source>
        <translation>Conflict of interest</translation>
    </message>
    <message>
        <source>承诺书</source>
        <translation>Pledge</translation>
    </message>
    <message>
        <source>您已声明回避：请等候组织方更换评委，勿再查看项目资料。</source>
        <translation>You have declared a conflict: wait to be replaced and look at nothing further.</translation>
    </message>
    <message>
        <source>您已完成承诺与回避声明：请等候其他评委。</source>
        <translation>You have pledged and declared: wait for the others.</translation>
    </message>
    <message>
        <source>请逐份打开左侧文件阅读，再声明回避情况并签署承诺书。</source>
        <translation>Open and read each paper on the left, then declare on conflicts and sign the pledge.</translation>
    </message>
    <message>
        <source>请核对投标人名单，声明是否需要回避。</source>
        <translation>Look at the bidders’ names and declare whether there is a conflict.</translation>
    </message>
    <message>
        <source>请勾选承诺并签署承诺书。</source>
        <translation>Tick the pledge and sign it.</translation>
    </message>
    <message>
        <source>招标人（采购人）：{purchaser}
代理机构：{agency}</source>
        <translation>Tenderer (purchaser): {purchaser}
Agency: {agency}</translation>
    </message>
    <message>
        <source>已声明</source>
        <translation>Declared</translation>
    </message>
    <message>
        <source>已签署</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>写明与哪家投标人有何种关系</source>
        <translation>Say what relation to which bidder</translation>
    </message>
    <message>
        <source>请先选择其中一项。</source>
        <translation>Choose one of the two first.</translation>
    </message>
    <message>
        <source>还有 {count} 份文件未打开阅读。</source>
        <translation>{count} papers have not been opened yet.</translation>
    </message>
    <message>
        <source>请先勾选承诺。</source>
        <translation>Tick the pledge first.</translation>
    </message>
</context>
<context>
    <name>PricePage</name>
    <message>
        <source>本项目的评标办法不对报价打分。</source>
        <translation>The method of this evaluation scores no price.</translation>
    </message>
    <message>
        <source>投标人</source>
        <translation>Bidders</translation>
    </message>
    <message>
        <source>报价（元）</source>
        <translation>Price (CNY)</translation>
    </message>
    <message>
        <source>得分</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>签名确认</source>
        <translation>Sign and confirm</translation>
    </message>
    <message>
        <source>报价得分</source>
        <translation>Price scores</translation>
    </message>
    <message>
        <source>您已确认报价评审：请等候其他评委。</source>
        <translation>You have confirmed the price calculation: wait for the others.</translation>
    </message>
    <message>
        <source>请逐步核对报价计算，无误后签名确认。</source>
        <translation>Check the calculation step by step, then sign and confirm.</translation>
    </message>
    <message>
        <source>您已确认</source>
        <translation>Confirmed by you</translation>
    </message>
    <message>
        <source>签名的是您本机独立算出的结果；各评委结果一致方可汇总。</source>
        <translation>You sign what your own client computed; all members’ results must agree.</translation>
    </message>
</context>
<context>
    <name>ProgressRow</name>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>重试</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>等待</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>进行中</source>
        <translation>In progress</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>失败</source>
        <translation>Failed</translation>
    </message>
</context>
<context>
    <name>ReasonField</name>
    <message>
        <source>须填写理由，尚未保存。</source>
        <translation>A reason is needed; not saved yet.</translation>
    </message>
    <message>
        <source>常用语</source>
        <translation>Phrases</translation>
    </message>
    <message>
        <source>理由（必填）</source>
        <translation>Reason (required)</translation>
    </message>
    <message>
        <source>评审意见（可选）</source>
        <translation>Remark (optional)</translation>
    </message>
</context>
<context>
    <name>RecheckPage</name>
    <message>
        <source>系统核对未发现需要提示的事项；请确认已复核汇总结果。</source>
        <translation>The checks found nothing to flag; please confirm that you have re-checked the summary.</translation>
    </message>
    <message>
        <source>重新汇总</source>
        <translation>Sum up again</translation>
    </message>
    <message>
        <source>签名提交复核意见</source>
        <translation>Sign the answers</translation>
    </message>
    <message>
        <source>有评分已更正：请重新汇总。</source>
        <translation>A score was corrected: sum up again.</translation>
    </message>
    <message>
        <source>有评分已更正：等待组长重新汇总。</source>
        <translation>A score was corrected: waiting for the leader to sum up again.</translation>
    </message>
    <message>
        <source>您已提交复核意见：请等候其他评委。</source>
        <translation>You have re-checked: wait for the others.</translation>
    </message>
    <message>
        <source>请逐条答复 {count} 条复核提示，签名提交。</source>
        <translation>Answer each of the {count} flags, then sign.</translation>
    </message>
    <message>
        <source>请核对汇总结果，签名提交复核意见。</source>
        <translation>Check the summary, then sign.</translation>
    </message>
    <message>
        <source>您已提交</source>
        <translation>Signed by you</translation>
    </message>
</context>
<context>
    <name>ReplacedPage</name>
    <message>
        <source>您已不是本项目评标委员会成员。您此前的评审结论作废，由接替者重新作出；请向场地管理员办理离场。</source>
        <translation>You are no longer a member of this committee. Your conclusions are void and your successor works anew; please sign out with the site’s administrator.</translation>
    </message>
    <message>
        <source>您已被更换</source>
        <translation>You have been replaced</translation>
    </message>
    <message>
        <source>您在本项目已无须办理的事项，请退出登录。</source>
        <translation>There is nothing more for you to do here; please sign out.</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>生成评标报告</source>
        <translation>Make the report</translation>
    </message>
    <message>
        <source>签署报告</source>
        <translation>Sign the report</translation>
    </message>
    <message>
        <source>加盖签章</source>
        <translation>Stamp</translation>
    </message>
    <message>
        <source>评标报告</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>本人签署</source>
        <translation>Your signature</translation>
    </message>
    <message>
        <source>签署与签章（按名册顺序）</source>
        <translation>Signatures and stamps (in roster order)</translation>
    </message>
    <message>
        <source>请生成评标报告，供各评委签署。</source>
        <translation>Make the report for the members to sign.</translation>
    </message>
    <message>
        <source>无须操作：等待组长生成评标报告。</source>
        <translation>Nothing to do: waiting for the leader to make the report.</translation>
    </message>
    <message>
        <source>请阅读评标报告后签署；有不同意见的，写明理由一并签署。</source>
        <translation>Read the report and sign it; a dissent is signed together with its reason.</translation>
    </message>
    <message>
        <source>您已签署：轮到您时自动加盖签章。</source>
        <translation>You have signed: your stamp follows by itself when it is your turn.</translation>
    </message>
    <message>
        <source>您已签署并加盖签章：请等候其他评委。</source>
        <translation>You have signed and stamped: wait for the others.</translation>
    </message>
    <message>
        <source>报告尚未生成。</source>
        <translation>There is no report yet.</translation>
    </message>
    <message>
        <source>对评审结论有不同意见（须写明理由）</source>
        <translation>I dissent from the conclusion (with a reason)</translation>
    </message>
    <message>
        <source>写明不同意见及理由，将载入评标报告</source>
        <translation>Your dissent and its reason; it goes into the report</translation>
    </message>
    <message>
        <source>不同意见及理由</source>
        <translation>Dissent and reason</translation>
    </message>
    <message>
        <source>待签署</source>
        <translation>To sign</translation>
    </message>
    <message>
        <source>拒签，视为同意</source>
        <translation>Refused; deemed to agree</translation>
    </message>
    <message>
        <source>已签署（附不同意见）并盖章</source>
        <translation>Signed with dissent, stamped</translation>
    </message>
    <message>
        <source>已签署并盖章</source>
        <translation>Signed and stamped</translation>
    </message>
    <message>
        <source>已签署，正在盖章</source>
        <translation>Signed, being stamped</translation>
    </message>
    <message>
        <source>已签署，待盖章</source>
        <translation>Signed, stamp follows</translation>
    </message>
    <message>
        <source>按名册顺序等待前一位评委盖章。</source>
        <translation>Stamps follow the roster: waiting for the member before you.</translation>
    </message>
    <message>
        <source>正在与本机独立生成的报告核对…</source>
        <translation>Comparing with the report this client makes by itself…</translation>
    </message>
    <message>
        <source>本机已据自身记录独立生成同一报告，逐字节一致。</source>
        <translation>This client made the same report from its own records, byte for byte.</translation>
    </message>
    <message>
        <source>本机据自身记录生成的报告与此不同！</source>
        <translation>This client’s own records give another report!</translation>
    </message>
</context>
<context>
    <name>ResultLine</name>
    <message>
        <source>{title}：{votes}/{members} 票不通过（{reason}）</source>
        <translation>{title}: failed by {votes} of {members} ({reason})</translation>
    </message>
    <message>
        <source>否决</source>
        <translation>Rejected</translation>
    </message>
    <message>
        <source>通过</source>
        <translation>Pass</translation>
    </message>
</context>
<context>
    <name>ReviewForm</name>
    <message>
        <source>其余全部通过</source>
        <translation>All others pass</translation>
    </message>
    <message>
        <source>上一家</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一家</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>封存评审意见</source>
        <translation>Seal the review</translation>
    </message>
    <message>
        <source>{number} 号投标人</source>
        <translation>Bidder {number}</translation>
    </message>
    <message>
        <source>还缺 {count} 项</source>
        <translation>{count} missing</translation>
    </message>
    <message>
        <source>转到下一处（Ctrl+M）</source>
        <translation>Go to the next (Ctrl+M)</translation>
    </message>
    <message>
        <source>全部评完</source>
        <translation>All done</translation>
    </message>
    <message>
        <source>{done}/{everything} 项</source>
        <translation>{done}/{everything} items</translation>
    </message>
    <message>
        <source>未按招标文件要求签字或盖章。</source>
        <translation>Not signed or sealed as the tender document asks.</translation>
    </message>
    <message>
        <source>未提供有效的资质证明材料。</source>
        <translation>No valid proof of qualification.</translation>
    </message>
    <message>
        <source>不满足招标文件的实质性要求。</source>
        <translation>Does not meet a mandatory requirement.</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>全体评审意见已公开：请核对小组结论。</source>
        <translation>All reviews are open: look at the group’s result.</translation>
    </message>
    <message>
        <source>您的评审意见已封存：请等候其他评委。</source>
        <translation>Your review is sealed: wait for the others.</translation>
    </message>
    <message>
        <source>请逐项评审投标文件：还缺 {count} 项。</source>
        <translation>Review the bids item by item: {count} missing.</translation>
    </message>
    <message>
        <source>全部评完：请封存评审意见。</source>
        <translation>All done: seal your review.</translation>
    </message>
    <message>
        <source>已评完 {done}/{count}</source>
        <translation>{done} of {count} done</translation>
    </message>
    <message>
        <source>还缺 {count} 项，如 {name}：“{title}”尚未评审</source>
        <translation>{count} missing, such as {name}: “{title}” is not reviewed yet</translation>
    </message>
    <message>
        <source>封存时用您的证书签名。</source>
        <translation>The seal is signed with your certificate.</translation>
    </message>
    <message>
        <source>小组：否决</source>
        <translation>Group: rejected</translation>
    </message>
    <message>
        <source>小组：通过</source>
        <translation>Group: passed</translation>
    </message>
    <message>
        <source>未开始</source>
        <translation>Not begun</translation>
    </message>
    <message>
        <source>全部通过</source>
        <translation>All passed</translation>
    </message>
    <message>
        <source>{fails} 项不通过</source>
        <translation>{fails} failed</translation>
    </message>
    <message>
        <source>评审中 {done}/{everything}</source>
        <translation>Reviewing {done}/{everything}</translation>
    </message>
    <message>
        <source>{name}：其余 {count} 项均判定通过？</source>
        <translation>{name}: pass the other {count} items?</translation>
    </message>
    <message>
        <source>您确认已逐项审查：{titles}。</source>
        <translation>You confirm that you have looked at each: {titles}.</translation>
    </message>
    <message>
        <source>确认通过</source>
        <translation>Pass them</translation>
    </message>
    <message>
        <source>封存评审意见并签名？</source>
        <translation>Seal and sign the review?</translation>
    </message>
    <message>
        <source>封存后本人不能再改；全体评委封存前可以撤回。</source>
        <translation>A sealed sheet cannot be changed; until all have sealed it can be taken back.</translation>
    </message>
    <message>
        <source>确认封存</source>
        <translation>Seal</translation>
    </message>
</context>
<context>
    <name>ScoreField</name>
    <message>
        <source>减一步</source>
        <translation>One step down</translation>
    </message>
    <message>
        <source>加一步</source>
        <translation>One step up</translation>
    </message>
    <message>
        <source>请填写数字，例如 {example}。</source>
        <translation>Please type a number, such as {example}.</translation>
    </message>
    <message>
        <source>超出范围：{range}，尚未保存。</source>
        <translation>Out of range: {range}; not saved.</translation>
    </message>
    <message>
        <source>不在步长上：{range}，尚未保存。</source>
        <translation>Not on a step: {range}; not saved.</translation>
    </message>
    <message>
        <source>{low}～{high} 分</source>
        <translation>{low} to {high}</translation>
    </message>
    <message>
        <source>{low}～{high} 分，每 {step} 分一档</source>
        <translation>{low} to {high} in steps of {step}</translation>
    </message>
    <message>
        <source>/ {high} 分</source>
        <translation>/ {high}</translation>
    </message>
    <message>
        <source>得分</source>
        <translation>Score</translation>
    </message>
</context>
<context>
    <name>ScoreForm</name>
    <message>
        <source>替我填完其余（练习）</source>
        <translation>Fill the rest for me (practice)</translation>
    </message>
    <message>
        <source>上一家</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一家</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>封存评分表</source>
        <translation>Seal the sheet</translation>
    </message>
    <message>
        <source>{number} 号投标人</source>
        <translation>Bidder {number}</translation>
    </message>
    <message>
        <source>还缺 {count} 项</source>
        <translation>{count} missing</translation>
    </message>
    <message>
        <source>转到下一处（Ctrl+M）</source>
        <translation>Go to the next (Ctrl+M)</translation>
    </message>
    <message>
        <source>全部评完</source>
        <translation>All done</translation>
    </message>
    <message>
        <source>/ {most} 分</source>
        <translation>/ {most}</translation>
    </message>
    <message>
        <source>{got} / {weight} 分</source>
        <translation>{got} / {weight}</translation>
    </message>
    <message>
        <source>针对性不强，未结合本项目特点。</source>
        <translation>Not specific: it does not take up the nature of this project.</translation>
    </message>
    <message>
        <source>内容较为笼统，缺少可操作的措施。</source>
        <translation>General; practicable measures are missing.</translation>
    </message>
    <message>
        <source>未提供相应证明材料。</source>
        <translation>The proof is missing.</translation>
    </message>
</context>
<context>
    <name>SealedPanel</name>
    <message>
        <source>撤回封存</source>
        <translation>Take the seal back</translation>
    </message>
    <message>
        <source>全体封存前可撤回修改，之后重新封存；撤回也会记录。</source>
        <translation>Until all have sealed you may take it back, change it and seal anew; that is recorded too.</translation>
    </message>
    <message>
        <source>{name} 已封存</source>
        <translation>{name}: sealed</translation>
    </message>
    <message>
        <source>{name} 评审中</source>
        <translation>{name}: at work</translation>
    </message>
    <message>
        <source>您已封存，等待其他评委；全体封存前任何人都看不到他人内容。</source>
        <translation>You have sealed; waiting for the others. Until all have sealed, nobody sees another’s work.</translation>
    </message>
    <message>
        <source>全体评委已封存，内容已同时公开。</source>
        <translation>All members have sealed; everything was opened at once.</translation>
    </message>
</context>
<context>
    <name>SeatPage</name>
    <message>
        <source>您的评分表已封存：请等候其他评委。</source>
        <translation>Your sheet is sealed: wait for the others.</translation>
    </message>
    <message>
        <source>请独立评分：还缺 {count} 项。</source>
        <translation>Score on your own: {count} missing.</translation>
    </message>
    <message>
        <source>全部评完：请核对合计后封存评分表。</source>
        <translation>All done: check the totals, then seal your sheet.</translation>
    </message>
    <message>
        <source>还缺 {count} 项，如 {name}：{sentence}</source>
        <translation>{count} missing, such as {name}: {sentence}</translation>
    </message>
    <message>
        <source>封存时用您的证书签名。</source>
        <translation>The seal is signed with your certificate.</translation>
    </message>
    <message>
        <source>已评完 {done}/{count}</source>
        <translation>{done} of {count} done</translation>
    </message>
    <message>
        <source>{total} 分</source>
        <translation>{total} points</translation>
    </message>
    <message>
        <source>已评完</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>未开始</source>
        <translation>Not begun</translation>
    </message>
    <message>
        <source>评分中 {done}/{everything}</source>
        <translation>Scoring {done}/{everything}</translation>
    </message>
    <message>
        <source>封存评分表并签名？</source>
        <translation>Seal and sign the score sheet?</translation>
    </message>
    <message>
        <source>封存后本人不能再改；全体评委封存前可以撤回。</source>
        <translation>A sealed sheet cannot be changed; until all have sealed it can be taken back.</translation>
    </message>
    <message>
        <source>确认封存</source>
        <translation>Seal</translation>
    </message>
</context>
<context>
    <name>SettlementPage</name>
    <message>
        <source>各评委的客观分完全一致，无须更正或说明。</source>
        <translation>The members agree on all objective items; there is nothing to correct or explain.</translation>
    </message>
    <message>
        <source>请核对 {count} 项不一致的客观分：更正，或维持并说明理由。</source>
        <translation>Look at {count} objective differences: correct, or keep with a reason.</translation>
    </message>
    <message>
        <source>您无须办理：等待其他评委及组长。</source>
        <translation>Nothing for you to do: waiting for others and the leader.</translation>
    </message>
    <message>
        <source>已一致</source>
        <translation>They agree now</translation>
    </message>
</context>
<context>
    <name>SheetPanel</name>
    <message>
        <source>{name}的评分表</source>
        <translation>Score sheet of {name}</translation>
    </message>
    <message>
        <source>评分项</source>
        <translation>Item</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>刷新</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>选择…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>选择评标项目</source>
        <translation>Choose an evaluation</translation>
    </message>
    <message>
        <source>或打开公告中的项目文件：</source>
        <translation>or open the file from the announcement:</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>证书文件</source>
        <translation>Key file</translation>
    </message>
    <message>
        <source>证书 PIN 码</source>
        <translation>PIN of the key file</translation>
    </message>
    <message>
        <source>席位号</source>
        <translation>Seat</translation>
    </message>
    <message>
        <source>证书登录</source>
        <translation>Sign in with a certificate</translation>
    </message>
    <message>
        <source>正在查询评标中心…</source>
        <translation>Asking the centre…</translation>
    </message>
    <message>
        <source>没有可登录的项目。请填写评标中心地址后刷新，或打开公告中的项目文件。</source>
        <translation>There is no evaluation to sign in to. Enter the centre’s address and refresh, or open the file from the announcement.</translation>
    </message>
    <message>
        <source>请先选择评标项目。</source>
        <translation>Choose an evaluation first.</translation>
    </message>
    <message>
        <source>请填写评标中心地址。</source>
        <translation>Enter the centre’s address.</translation>
    </message>
    <message>
        <source>请选择证书文件（.p12 或 .pfx）。</source>
        <translation>Choose the key file (.p12 or .pfx).</translation>
    </message>
    <message>
        <source>请输入证书 PIN 码。</source>
        <translation>Enter the PIN of the key file.</translation>
    </message>
    <message>
        <source>尚未选择项目</source>
        <translation>No evaluation chosen</translation>
    </message>
    <message>
        <source>项目指纹（请与公告核对）：
{groups}</source>
        <translation>Fingerprint (compare with the announcement):
{groups}</translation>
    </message>
    <message>
        <source>选择证书文件</source>
        <translation>Choose the key file</translation>
    </message>
    <message>
        <source>证书文件 (*.p12 *.pfx)</source>
        <translation>Key files (*.p12 *.pfx)</translation>
    </message>
    <message>
        <source>选择项目文件</source>
        <translation>Choose the evaluation’s file</translation>
    </message>
    <message>
        <source>项目文件 (*.json *.genesis)</source>
        <translation>Evaluation files (*.json *.genesis)</translation>
    </message>
    <message>
        <source>所有文件 (*)</source>
        <translation>All files (*)</translation>
    </message>
    <message>
        <source>评标中心地址</source>
        <translation>Address of the centre</translation>
    </message>
    <message>
        <source>项目文件</source>
        <translation>Papers of the tender</translation>
    </message>
    <message>
        <source>公告所附的项目文件（genesis）</source>
        <translation>File from the announcement (genesis)</translation>
    </message>
    <message>
        <source>本人的 .p12 或 .pfx 文件</source>
        <translation>Your own .p12 or .pfx file</translation>
    </message>
    <message>
        <source>请输入证书 PIN 码</source>
        <translation>Enter the certificate’s PIN</translation>
    </message>
    <message>
        <source>工位标签上的编号，可不填</source>
        <translation>The number on the seat’s label; may be left empty</translation>
    </message>
    <message>
        <source>移开损坏的数据（原样保留）</source>
        <translation>Set the damaged data aside (kept as it is)</translation>
    </message>
</context>
<context>
    <name>SiteCard</name>
    <message>
        <source>添加</source>
        <extracomment>what is checked in a room before it is confirmed; the words go into the record (GB/T 40984 and the sites&apos; own lists)</extracomment>
        <translation>Add</translation>
    </message>
    <message>
        <source>尚未登记席位。</source>
        <translation>No seat entered yet.</translation>
    </message>
    <message>
        <source>确认场地就绪</source>
        <translation>Confirm that the site is ready</translation>
    </message>
    <message>
        <source>席位</source>
        <translation>Seats</translation>
    </message>
    <message>
        <source>检查项目</source>
        <translation>Checks</translation>
    </message>
    <message>
        <source>主场</source>
        <translation>Main site</translation>
    </message>
    <message>
        <source>副场</source>
        <translation>Sub site</translation>
    </message>
    <message>
        <source>等待确认</source>
        <translation>To confirm</translation>
    </message>
    <message>
        <source>已确认就绪</source>
        <translation>Confirmed ready</translation>
    </message>
    <message>
        <source>席位编号，如 {example}</source>
        <translation>Seat number, such as {example}</translation>
    </message>
    <message>
        <source>席位编号</source>
        <translation>Seat number</translation>
    </message>
    <message>
        <source>移除 {seat}</source>
        <translation>Remove {seat}</translation>
    </message>
    <message>
        <source>请先登记本场地的席位编号。</source>
        <translation>Enter the seats of this site first.</translation>
    </message>
    <message>
        <source>还有 {count} 项检查未完成。</source>
        <translation>{count} checks are still to do.</translation>
    </message>
    <message>
        <source>确认后席位与检查结果随签名记入日志。</source>
        <translation>Seats and checks go into the log with your signature.</translation>
    </message>
</context>
<context>
    <name>SlotCard</name>
    <message>
        <source>申请更换…</source>
        <translation>Ask for a replacement…</translation>
    </message>
    <message>
        <source>登记签到</source>
        <translation>Record the arrival</translation>
    </message>
    <message>
        <source>席位</source>
        <translation>Seats</translation>
    </message>
    <message>
        <source>身份核验（至少两项）</source>
        <translation>Identity check (two factors or more)</translation>
    </message>
    <message>
        <source>手机柜号</source>
        <translation>Phone locker</translation>
    </message>
    <message>
        <source>提交更换申请</source>
        <translation>Send the request</translation>
    </message>
    <message>
        <source>{number} 号评委位（登录后显示姓名）</source>
        <translation>Place {number} (the name appears after sign-in)</translation>
    </message>
    <message>
        <source>评标专家</source>
        <translation>Expert</translation>
    </message>
    <message>
        <source>招标人（采购人）代表</source>
        <translation>Tenderer’s (purchaser’s) representative</translation>
    </message>
    <message>
        <source>未登录</source>
        <translation>Not signed in</translation>
    </message>
    <message>
        <source>证书已登录</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>需要回避</source>
        <translation>Conflict</translation>
    </message>
    <message>
        <source>已申请更换</source>
        <translation>Replacement requested</translation>
    </message>
    <message>
        <source>已签到</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>未签到</source>
        <translation>Not arrived</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>席位 {seat}</source>
        <translation>Seat {seat}</translation>
    </message>
    <message>
        <source>核验 {factors}</source>
        <translation>Checked: {factors}</translation>
    </message>
    <message>
        <source>手机柜 {locker}</source>
        <translation>Locker {locker}</translation>
    </message>
    <message>
        <source>更换原因：{ground}</source>
        <translation>Reason: {ground}</translation>
    </message>
    <message>
        <source>请选择席位。</source>
        <translation>Choose a seat.</translation>
    </message>
    <message>
        <source>更换原因（缺席、回避、突发疾病等）</source>
        <translation>Reason (absent, conflict, sudden illness …)</translation>
    </message>
    <message>
        <source>可不填</source>
        <translation>May be left empty</translation>
    </message>
    <message>
        <source>{kind} · {place} 号评委</source>
        <translation>{kind} · member {place}</translation>
    </message>
    <message>
        <source>还须核验 {count} 项身份</source>
        <translation>{count} more identity check(s) needed</translation>
    </message>
</context>
<context>
    <name>SpreadChart</name>
    <message>
        <source>圆点为各成员的评分合计，横线为平均值。</source>
        <translation>A dot is a member’s total, the line their mean.</translation>
    </message>
</context>
<context>
    <name>SpreadPanel</name>
    <message>
        <source>各评委评分分布</source>
        <translation>Spread of the members’ scores</translation>
    </message>
    <message>
        <source>每点为一名评委对该投标人的评分合计（不含报价分），横线为技术商务得分。</source>
        <translation>A dot is what one member gave the bidder in all, before the price; the line is the group’s score before the price.</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>中心记录不一致，请立即联系管理员</source>
        <translation>The centre’s log contradicts itself: call the administrator at once</translation>
    </message>
    <message>
        <source>在线，全部已同步</source>
        <translation>Online, all received</translation>
    </message>
    <message>
        <source>在线，待发送 {count} 条</source>
        <translation>Online, {count} to send</translation>
    </message>
    <message>
        <source>离线，{count} 条已存本机，联网后自动发送</source>
        <translation>Offline, {count} saved here, sent later by itself</translation>
    </message>
    <message>
        <source>离线，可继续工作</source>
        <translation>Offline, work goes on</translation>
    </message>
    <message>
        <source>最近联系 {time}</source>
        <translation>Last contact {time}</translation>
    </message>
</context>
<context>
    <name>StepCard</name>
    <message>
        <source>投标人</source>
        <translation>Bidders</translation>
    </message>
    <message>
        <source>计算过程</source>
        <translation>Working</translation>
    </message>
    <message>
        <source>结果</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>参与：{kept}；不参与：{out}</source>
        <translation>Counted: {kept}; left out: {out}</translation>
    </message>
    <message>
        <source>参与：{kept}</source>
        <translation>Counted: {kept}</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>环节 {at}/{of}：{title}</source>
        <translation>Stage {at} of {of}: {title}</translation>
    </message>
</context>
<context>
    <name>SummaryPage</name>
    <message>
        <source>签名汇总</source>
        <translation>Sign the summary</translation>
    </message>
    <message>
        <source>评分汇总表</source>
        <translation>Summary of scores</translation>
    </message>
    <message>
        <source>按评标办法由本机根据已公开的评分表独立计算；汇总后只能在法定情形下更正。</source>
        <translation>Computed by this client from the opened sheets; once summed up, scores change in the lawful cases only.</translation>
    </message>
    <message>
        <source>组长已汇总：请等候进入复核。</source>
        <translation>The leader has summed up: the re-check follows.</translation>
    </message>
    <message>
        <source>请核对汇总表，签名汇总。</source>
        <translation>Check the table and sign the summary.</translation>
    </message>
    <message>
        <source>无须操作：等待组长汇总。</source>
        <translation>Nothing to do: waiting for the leader to sum up.</translation>
    </message>
    <message>
        <source>已汇总</source>
        <translation>Summed up</translation>
    </message>
    <message>
        <source>待组长汇总</source>
        <translation>Waiting for the leader</translation>
    </message>
    <message>
        <source>否决投标&#x3000;{name}：{reason}（{article}）</source>
        <translation>Rejected: {name} — {reason} ({article})</translation>
    </message>
</context>
<context>
    <name>SummaryTable</name>
    <message>
        <source>名次</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>投标人</source>
        <translation>Bidders</translation>
    </message>
    <message>
        <source>报价（元）</source>
        <translation>Price (CNY)</translation>
    </message>
    <message>
        <source>报价分</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>总得分</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>否决</source>
        <translation>Rejected</translation>
    </message>
</context>
<context>
    <name>Surroundings</name>
    <message>
        <source>席位 {seat}</source>
        <translation>Seat {seat}</translation>
    </message>
    <message>
        <source>距投标截止 {time}</source>
        <translation>{time} to the deadline</translation>
    </message>
    <message>
        <source>您已在另一席位登录，本窗口不能再办理事项；请在新席位继续，并关闭本窗口。</source>
        <translation>You have signed in at another seat; nothing can be done in this window any more. Go on at the new seat and close this window.</translation>
    </message>
    <message>
        <source>评标专家</source>
        <translation>Expert</translation>
    </message>
    <message>
        <source>评标委员会组长</source>
        <translation>Leader of the committee</translation>
    </message>
    <message>
        <source>招标人（采购人）代表</source>
        <translation>Tenderer’s (purchaser’s) representative</translation>
    </message>
    <message>
        <source>您在先前席位填写的内容（{n} 项）在换席位之后才到达，尚未生效；采用后并入现在的草稿。</source>
        <translation>What you filled in at your former seat ({n} parts) arrived after you had moved and has no effect yet. Adopt it to make it part of your drafts.</translation>
    </message>
    <message>
        <source>采用</source>
        <translation>Adopt</translation>
    </message>
    <message>
        <source>已采用 {n} 项。</source>
        <translation>Adopted: {n}.</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>放大文字（Ctrl + / Ctrl −）</source>
        <translation>Text size (Ctrl + / Ctrl −)</translation>
    </message>
    <message>
        <source>深色 / 浅色</source>
        <translation>Dark / light</translation>
    </message>
    <message>
        <source>全屏（F11）</source>
        <translation>Full screen (F11)</translation>
    </message>
    <message>
        <source>锁定屏幕（Ctrl+L）</source>
        <translation>Lock the screen (Ctrl+L)</translation>
    </message>
    <message>
        <source>评标指纹：{fingerprint}</source>
        <translation>Fingerprint: {fingerprint}</translation>
    </message>
    <message>
        <source>电子评标室</source>
        <translation>Evaluation room</translation>
    </message>
    <message>
        <source>指纹 {groups}</source>
        <translation>Fingerprint {groups}</translation>
    </message>
    <message>
        <source>演练</source>
        <translation>Practice</translation>
    </message>
</context>
<context>
    <name>WaitingPage</name>
    <message>
        <source>开标</source>
        <translation>Opening</translation>
    </message>
    <message>
        <source>评标场地</source>
        <translation>Sites</translation>
    </message>
    <message>
        <source>评标委员会</source>
        <translation>Committee</translation>
    </message>
    <message>
        <source>无须操作：请在席位等候，条件具备后自动进入下一环节。</source>
        <translation>Nothing to do: wait at your seat; the next stage begins by itself.</translation>
    </message>
    <message>
        <source>您已签到：请等候其他评委到齐。</source>
        <translation>You have arrived: wait for the others.</translation>
    </message>
    <message>
        <source>请到签到台，由场地管理员核验身份并登记签到。</source>
        <translation>Go to the desk and have your identity checked by the site’s administrator.</translation>
    </message>
    <message>
        <source>您已在席位 {seat} 登录。</source>
        <translation>You are signed in at seat {seat}.</translation>
    </message>
    <message>
        <source>截止前递交的投标文件</source>
        <translation>Bids received before the deadline</translation>
    </message>
    <message>
        <source>{count} 家</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>开标记录</source>
        <translation>Opening record</translation>
    </message>
    <message>
        <source>已开标 {count} 家</source>
        <translation>{count} opened</translation>
    </message>
    <message>
        <source>等待组织方开标</source>
        <translation>Waiting for the organiser</translation>
    </message>
    <message>
        <source>资格审查结果（采购人或代理机构）</source>
        <translation>Qualification result (purchaser or agency)</translation>
    </message>
    <message>
        <source>已提交</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>等待提交</source>
        <translation>To be recorded</translation>
    </message>
    <message>
        <source>已确认就绪</source>
        <translation>Confirmed ready</translation>
    </message>
    <message>
        <source>等待管理员确认</source>
        <translation>To be confirmed</translation>
    </message>
    <message>
        <source>已签到</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>等待签到</source>
        <translation>Not arrived yet</translation>
    </message>
</context>
</TS>
