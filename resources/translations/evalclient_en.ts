<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="zh_CN">
<context>
    <name>AbnormalVote</name>
    <message>
        <source>评分异常</source>
        <translation>abnormal</translation>
    </message>
    <message>
        <source>不异常</source>
        <translation>not abnormal</translation>
    </message>
    <message>
        <source>签名表决</source>
        <translation>Sign the vote</translation>
    </message>
    <message>
        <source>认定理由（必填）</source>
        <translation>Reason (required)</translation>
    </message>
    <message>
        <source>{yes}/{members} 名成员认定评分异常：以其他评委的平均值替代。</source>
        <translation>{yes} of {members} members find these scores abnormal: the others&apos; mean stands there.</translation>
    </message>
    <message>
        <source>过半数成员认定评分异常的，以其他评委的平均值替代。现有 {yes}/{members} 名成员认定。</source>
        <translation>Where more than half find these scores abnormal, the others&apos; mean stands there. So far {yes} of {members}.</translation>
    </message>
    <message>
        <source>请先选择其中一项。</source>
        <translation>Choose one first.</translation>
    </message>
</context>
<context>
    <name>Accompaniment</name>
    <message>
        <source>另一台客户端正在连接…</source>
        <translation>The second client is connecting…</translation>
    </message>
    <message>
        <source>正在导出、改动、核验…</source>
        <translation>Exporting, changing, verifying…</translation>
    </message>
</context>
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
        <source>本人回执</source>
        <translation>Your receipts</translation>
    </message>
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
    <name>AlarmSection</name>
    <message>
        <source>没有需要关注的事项。</source>
        <translation>Nothing asks for attention.</translation>
    </message>
    <message>
        <source>全部记录均已生效。</source>
        <translation>Every record has taken effect.</translation>
    </message>
    <message>
        <source>需要关注</source>
        <translation>Asks for attention</translation>
    </message>
    <message>
        <source>评标中心的日志如与此前不一致，本客户端立即停止同步并在窗口上方告警。</source>
        <translation>If the centre&apos;s log ever contradicts what it showed before, this client stops at once and raises an alarm above the page.</translation>
    </message>
    <message>
        <source>未生效的记录</source>
        <translation>Records without effect</translation>
    </message>
    <message>
        <source>这些记录保留在日志中，但没有改变评标状态；每条列明原因和依据。</source>
        <translation>These records stay in the log but changed nothing; each with its reason and the article behind it.</translation>
    </message>
    <message>
        <source>{name} 声明回避，尚未更换：{detail}</source>
        <translation>{name} has declared a conflict and is not replaced yet: {detail}</translation>
    </message>
    <message>
        <source>场地管理员申请更换 {name}：{detail}</source>
        <translation>The site asks to replace {name}: {detail}</translation>
    </message>
    <message>
        <source>{name} 封存的内容无法读出，视为未提交。</source>
        <translation>What {name} sealed cannot be read; it counts as not submitted.</translation>
    </message>
    <message>
        <source>{name} 拒绝签署评标报告：{detail}</source>
        <translation>{name} refuses to sign the report: {detail}</translation>
    </message>
    <message>
        <source>{name} 使用了练习代填。</source>
        <translation>{name} had fields filled in for practice.</translation>
    </message>
    <message>
        <source>有 {detail} 条记录需要新版客户端才能识别。</source>
        <translation>Records that need a newer client to be understood: {detail}.</translation>
    </message>
</context>
<context>
    <name>AnewCard</name>
    <message>
        <source>发布接续项目…</source>
        <translation>Publish in its place…</translation>
    </message>
    <message>
        <source>发布资料另存为文件夹</source>
        <translation>Save its tender folder to</translation>
    </message>
    <message>
        <source>另存发布资料</source>
        <translation>Save its tender folder</translation>
    </message>
    <message>
        <source>新项目的创建记录载明本项目的指纹、日志和结束原因。先另存本项目的发布资料，在 tender.json 中改定新的投标截止时间，再发布；投标文件由各投标人向新项目重新递交。</source>
        <translation>Record 0 of the new evaluation names this one&apos;s fingerprint, log and ending. Save this one&apos;s tender folder, set a new deadline in tender.json, then publish; the bidders hand their bids in again, to the new evaluation.</translation>
    </message>
    <message>
        <source>重新组建评标委员会，发布接续项目</source>
        <translation>A new committee: publish in its place</translation>
    </message>
</context>
<context>
    <name>AnnouncementSection</name>
    <message>
        <source>公告文件保存到</source>
        <translation>Where to save the announcement</translation>
    </message>
    <message>
        <source>项目文件 (*.json)</source>
        <translation>Genesis file (*.json)</translation>
    </message>
    <message>
        <source>保存公告文件</source>
        <translation>Save the announcement</translation>
    </message>
    <message>
        <source>项目指纹</source>
        <translation>Fingerprint</translation>
    </message>
    <message>
        <source>开标时逐组宣读；每个席位登录时显示同一指纹，不一致即不是本项目。</source>
        <translation>Read aloud group by group at the opening; every seat shows it at sign-in. Where it differs, it is another evaluation.</translation>
    </message>
    <message>
        <source>投标截止</source>
        <translation>Bids close</translation>
    </message>
    <message>
        <source>项目与各方</source>
        <translation>The evaluation and its parties</translation>
    </message>
    <message>
        <source>公告文件</source>
        <translation>Announcement</translation>
    </message>
    <message>
        <source>，并须投标人本人份额</source>
        <translation>, together with the bidder&apos;s own share</translation>
    </message>
    <message>
        <source>项目</source>
        <translation>Tender</translation>
    </message>
    <message>
        <source>项目编号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>招标人（采购人）</source>
        <translation>Tenderer (purchaser)</translation>
    </message>
    <message>
        <source>场地</source>
        <translation>Sites</translation>
    </message>
    <message>
        <source>开标密钥保管</source>
        <translation>Opening keys</translation>
    </message>
    <message>
        <source>{count} 方保管，{least} 方到齐可开启{own}</source>
        <translation>Custodians: {count}, any {least} of whom open the bids{own}</translation>
    </message>
    <message>
        <source>规则包</source>
        <translation>Rule pack</translation>
    </message>
    <message>
        <source>项目文件</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>已截止</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>项目发布后不能修改；投标人和评委凭公告文件加入，遗失时可在此重新保存。</source>
        <translation>A published evaluation cannot be changed. Bidders and members start from the announcement file; save it again here if it is lost.</translation>
    </message>
    <message>
        <source>接续的原项目</source>
        <translation>In place of</translation>
    </message>
    <message>
        <source>重新组建的原因</source>
        <translation>Why a new committee</translation>
    </message>
</context>
<context>
    <name>AppointmentForm</name>
    <message>
        <source>评标专家</source>
        <translation>Expert</translation>
    </message>
    <message>
        <source>招标人（采购人）代表</source>
        <translation>Tenderer&apos;s (purchaser&apos;s) representative</translation>
    </message>
    <message>
        <source>场地管理员</source>
        <translation>Site administrator</translation>
    </message>
    <message>
        <source>场地</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>证书文件</source>
        <translation>Certificate file</translation>
    </message>
    <message>
        <source>证书文件 (*.cer *.crt *.der *.pem)</source>
        <translation>Certificate (*.cer *.crt *.der *.pem)</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>更换原因</source>
        <translation>Ground of the replacement</translation>
    </message>
    <message>
        <source>不更换</source>
        <translation>Do not replace</translation>
    </message>
    <message>
        <source>签名指派</source>
        <translation>Sign the appointment</translation>
    </message>
    <message>
        <source>本人的签名证书（不含私钥）</source>
        <translation>The person&apos;s signing certificate (no key)</translation>
    </message>
    <message>
        <source>为 {name} 指派接替者</source>
        <translation>Appoint a successor to {name}</translation>
    </message>
    <message>
        <source>指派评委或场地管理员</source>
        <translation>Appoint a member or a site administrator</translation>
    </message>
    <message>
        <source>日志只记证书摘要，不记姓名；姓名在本人用证书登录后显示。接替者重新作出被更换者的结论，其他评委的结论不变。</source>
        <translation>The log holds the certificate&apos;s digest, not the name; names show once the person has signed in. A successor works anew, the others&apos; conclusions stand.</translation>
    </message>
    <message>
        <source>证书：{name}&#x3000;{organisation}&#x3000;有效期至 {day}</source>
        <translation>Certificate: {name}, {organisation}, valid until {day}</translation>
    </message>
    <message>
        <source>指派随签名记入日志，该证书持有人即可登录。</source>
        <translation>The appointment goes into the log under your signature; the holder can then sign in.</translation>
    </message>
    <message>
        <source>编号用小写字母开头，只含小写字母、数字和连字符，最多 32 个字符。</source>
        <translation>A place begins with a small letter and holds small letters, digits and hyphens, 32 at most.</translation>
    </message>
    <message>
        <source>请选择本人的证书文件。</source>
        <translation>Choose the person&apos;s certificate file.</translation>
    </message>
    <message>
        <source>该证书已过有效期，请向本人索取新的证书。</source>
        <translation>The certificate has expired; ask the person for a valid one.</translation>
    </message>
</context>
<context>
    <name>BidForm</name>
    <message>
        <source>上一家</source>
        <extracomment>how long cards are made in one turn of the event loop, seconds; the one begun last is finished</extracomment>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一家</source>
        <translation>Next</translation>
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
</context>
<context>
    <name>BidLine</name>
    <message>
        <source>第 {number} 份（开标前不显示名称）</source>
        <translation>Bid {number} (no name before the opening)</translation>
    </message>
    <message>
        <source>{at} 收到&#x3000;{size} MiB</source>
        <translation>received {at}, {size} MiB</translation>
    </message>
    <message>
        <source>保管方份额 {released}/{all}（需 {least}）</source>
        <translation>Custodians&apos; shares {released}/{all} ({least} needed)</translation>
    </message>
    <message>
        <source>投标人份额已提交</source>
        <translation>Bidder&apos;s share is there</translation>
    </message>
    <message>
        <source>投标人份额未提交</source>
        <translation>Bidder&apos;s share missing</translation>
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
        <source>投标文件</source>
        <translation>Documents of the bid</translation>
    </message>
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
        <source>请核对候选人及排序，签名推荐。</source>
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
    <name>CertificatesCard</name>
    <message>
        <source>证书状态</source>
        <translation>State of certificates</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>证书</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>By what</translation>
    </message>
    <message>
        <source>截至 {time}</source>
        <translation>As of {time}</translation>
    </message>
    <message>
        <source>有效</source>
        <translation>Counts</translation>
    </message>
    <message>
        <source>有效，未核实</source>
        <translation>Counts, not cleared</translation>
    </message>
    <message>
        <source>不予认可</source>
        <translation>Does not count</translation>
    </message>
    <message>
        <source>本项目规定：没有未过更新期的吊销列表或 OCSP 响应可依的证书，不予认可。</source>
        <translation>The rule of this evaluation: a certificate that no current revocation list or OCSP answer clears does not count.</translation>
    </message>
    <message>
        <source>本项目规定：吊销列表或 OCSP 响应已过更新期的，自签发起 {hours} 小时内仍可依；无可依的，不予认可。</source>
        <translation>The rule of this evaluation: a revocation list or OCSP answer past its term still serves up to {hours} h after it was made; without one a certificate does not count.</translation>
    </message>
    <message>
        <source>本项目规定：没有未过更新期的吊销列表或 OCSP 响应可依的证书，予以认可并提示。</source>
        <translation>The rule of this evaluation: a certificate that no current revocation list or OCSP answer clears counts, and this is told.</translation>
    </message>
</context>
<context>
    <name>ChoosingPage</name>
    <message>
        <source>场地管理员</source>
        <translation>Room administrator</translation>
    </message>
    <message>
        <source>坐到专家席</source>
        <translation>Take the expert&apos;s seat</translation>
    </message>
    <message>
        <source>坐到监督席</source>
        <translation>Take the supervisor&apos;s seat</translation>
    </message>
    <message>
        <source>坐到管理员席</source>
        <translation>Take the administrator&apos;s seat</translation>
    </message>
    <message>
        <source>您想坐到哪个席位？</source>
        <translation>Whose seat would you like to take?</translation>
    </message>
    <message>
        <source>旁观评标全过程，会签日志检查点，并审批组长提出的一次回退申请。</source>
        <translation>Watch the whole evaluation, co-sign the log&apos;s checkpoints, and decide on one roll-back that the leader asks for.</translation>
    </message>
    <message>
        <source>演示在本机进行一次完整的远程异地评标：评标中心和二十来个人，各是一个进程，各有存储和证书，只通过评标中心往来。您担任其中一人，其余的人由程序以常人的速度办理。右上角可以切换语言，招标文件和投标文件随之采用该语言。</source>
        <translation>The demo carries out a whole remote evaluation on this machine: the centre and about twenty people, each a process with a store and a certificate of its own, who meet only through the centre. You are one of them; the program plays the others at a human pace. Switch the language at the top right: the tender and the bids will be written in it.</translation>
    </message>
    <message>
        <source>确认主场席位和设备就绪，为本场专家核验身份、办理签到，然后看评标如何进行。</source>
        <translation>Confirm that the main site is ready, check the identity of its experts and check them in, then see how the evaluation goes on.</translation>
    </message>
    <message>
        <source>窗口下方有四个按钮：切断网络继续工作、改一个数字由核验指出、让评标中心说谎、偷看他人评分被拒。</source>
        <translation>Four buttons stand below the window: cut the network and go on, change one digit and see verification name it, make the centre lie, peek at a colleague&apos;s sheet and be refused.</translation>
    </message>
    <message>
        <source>约五分钟</source>
        <translation>About five minutes</translation>
    </message>
    <message>
        <source>约十分钟</source>
        <translation>About ten minutes</translation>
    </message>
    <message>
        <source>行政监督人员</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>评标专家</source>
        <translation>Expert</translation>
    </message>
    <message>
        <source>阅读招标文件、声明回避、推选组长，评审并评分，最后签署报告。其余各家您“先前”已经评完，还剩一家。</source>
        <translation>Read the tender, declare on recusal, elect a leader, review and score, sign the report. All bids but one you have done earlier.</translation>
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
    <name>CommitteeSection</name>
    <message>
        <source>人数与构成</source>
        <translation>Size and make-up</translation>
    </message>
    <message>
        <source>{size}/{wanted} 人</source>
        <translation>{size} of {wanted}</translation>
    </message>
    <message>
        <source>评标委员会的人数与构成符合规定。</source>
        <translation>The committee is made up as the rules ask.</translation>
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
    <name>CutCard</name>
    <message>
        <source>切断网络</source>
        <translation>Cut the network</translation>
    </message>
    <message>
        <source>切断网络，继续工作</source>
        <translation>Cut the network and go on</translation>
    </message>
    <message>
        <source>恢复网络</source>
        <translation>Join the network again</translation>
    </message>
    <message>
        <source>本窗口与评标中心之间的线路可以切断。断网时照常评审，每一项仍即时存盘；恢复后自动补发，并补收他人的记录。</source>
        <translation>The line between this window and the centre can be cut. Work goes on, each field is still saved at once; when the line is back, what waits is sent and what others did is fetched.</translation>
    </message>
    <message>
        <source>线路已切断。请继续评审，留意底部状态条。</source>
        <translation>The line is cut. Go on working, and watch the status strip below.</translation>
    </message>
    <message>
        <source>线路已恢复，正在补发、补收…</source>
        <translation>The line is back; sending and fetching…</translation>
    </message>
    <message numerus="yes">
        <source>已离线：本机保存、尚未发送的记录 %n 条。可以继续工作。</source>
        <translation>
            <numerusform>Offline: %n record is saved here and not sent yet. You can go on working.</numerusform>
            <numerusform>Offline: %n records are saved here and not sent yet. You can go on working.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>已补齐：断网期间的 %n 条记录全部到位。</source>
        <translation>
            <numerusform>Caught up: %n record made meanwhile, here or elsewhere, has arrived.</numerusform>
            <numerusform>Caught up: all %n records made meanwhile, here and elsewhere, have arrived.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DemoBar</name>
    <message>
        <source>偷看评分</source>
        <translation>Peek</translation>
    </message>
    <message>
        <source>切断网络</source>
        <translation>Cut the network</translation>
    </message>
    <message>
        <source>我要做什么</source>
        <translation>What do I do?</translation>
    </message>
    <message>
        <source>改一个数字</source>
        <translation>Change one digit</translation>
    </message>
    <message>
        <source>演示</source>
        <translation>Demo</translation>
    </message>
    <message>
        <source>网络已切断</source>
        <translation>Network cut</translation>
    </message>
    <message>
        <source>恢复网络</source>
        <translation>Join the network again</translation>
    </message>
    <message>
        <source>让中心说谎</source>
        <translation>Make the centre lie</translation>
    </message>
</context>
<context>
    <name>DemoPanel</name>
    <message>
        <source>关闭</source>
        <extracomment>width of the window from which the panel stands beside the work; in a smaller one it lies over it</extracomment>
        <translation>Close</translation>
    </message>
    <message>
        <source>演示</source>
        <translation>Demo</translation>
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
    <name>DigitCard</name>
    <message>
        <source>导出到目前为止的档案，把开标记录中一家的报价改动一个数字，再用 evalclient verify 核验。评标本身不受影响。</source>
        <translation>Export the archive so far, change one digit of a price in the opening record, and check it with evalclient verify. The evaluation itself is not touched.</translation>
    </message>
    <message>
        <source>改一个数字</source>
        <translation>Change one digit</translation>
    </message>
    <message>
        <source>改一个数字，核验指出是哪一条</source>
        <translation>Change one digit and see verification name it</translation>
    </message>
    <message>
        <source>第 {number} 条记录中的报价 {before} 改成了 {after}。</source>
        <translation>The price {before} in record {number} was changed to {after}.</translation>
    </message>
</context>
<context>
    <name>DissolutionCard</name>
    <message>
        <source>解散评标委员会，重新组建</source>
        <translation>Dissolve the committee; a new one is formed</translation>
    </message>
    <message>
        <source>解散的原因（组成违法、不能继续等）</source>
        <translation>Ground (unlawful make-up, cannot go on …)</translation>
    </message>
    <message>
        <source>解散评标委员会…</source>
        <translation>Dissolve the committee…</translation>
    </message>
    <message>
        <source>确定解散本评标委员会吗？</source>
        <translation>Dissolve this committee?</translation>
    </message>
    <message>
        <source>解散后本委员会不能再办理任何事项，全部评审资料封存，须另行组建评标委员会重新评标。</source>
        <translation>The committee can then do nothing more; its material is sealed, and a new committee must evaluate again.</translation>
    </message>
    <message>
        <source>签名解散</source>
        <translation>Sign the dissolution</translation>
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
    <name>DrawCard</name>
    <message>
        <source>随机抽取</source>
        <translation>Draw</translation>
    </message>
    <message>
        <source>参与抽取</source>
        <translation>Take part</translation>
    </message>
    <message>
        <source>怎样复算</source>
        <translation>How to replay</translation>
    </message>
    <message>
        <source>抽取：{what}。各方各自封存一份随机份额，全部封存后由各自的客户端自动公开，结果由全部份额和日志算出，任何一方都不能左右。</source>
        <translation>Drawn now: {what}. Every party seals a random share; once all have, each client publishes its own, and the result follows from all shares and the log. No party can steer it.</translation>
    </message>
    <message>
        <source>尚未参与</source>
        <translation>Has not taken part yet</translation>
    </message>
    <message>
        <source>份额已公开</source>
        <translation>Share published</translation>
    </message>
    <message>
        <source>份额已封存</source>
        <translation>Share sealed</translation>
    </message>
    <message>
        <source>已参与 {sealed}/{everybody}</source>
        <translation>{sealed}/{everybody} take part</translation>
    </message>
    <message>
        <source>已公开 {opened}/{everybody}</source>
        <translation>{opened}/{everybody} published</translation>
    </message>
    <message>
        <source>已抽取</source>
        <translation>Drawn</translation>
    </message>
    <message>
        <source>将用您的证书签名；份额由本机随机生成，封存后不能更改或撤回。</source>
        <translation>Signed with your certificate; this client makes the random share, which cannot be changed or taken back.</translation>
    </message>
    <message>
        <source>行政监督</source>
        <translation>Supervisor</translation>
    </message>
</context>
<context>
    <name>DrawPanel</name>
    <message>
        <source>怎样复算抽取结果</source>
        <translation>How to replay the draw</translation>
    </message>
    <message>
        <source>下列文本即抽取的全部输入：各方公开的份额，以及评标中心日志中最后一份封存的叶哈希（在公开之前已确定）。对文本求 {hash}，再按评标办法说明（docs/method.md“Draws”）取数，任何人都得到同一结果；说明中有可直接运行的脚本。</source>
        <translation>These texts are all that goes into the draw: the shares that the parties published, and the leaf hash of the last seal in the centre’s log, which was fixed before. Anybody who takes the {hash} of a text and numbers from it as docs/method.md says (“Draws”, with a script) gets the same result.</translation>
    </message>
    <message>
        <source>抽取的输入文本</source>
        <translation>Text that the draw is made from</translation>
    </message>
</context>
<context>
    <name>EndCard</name>
    <message>
        <source>打开文件夹</source>
        <translation>Open the folder</translation>
    </message>
    <message>
        <source>报告、档案和截图都在下面的文件夹里。任何人都可以用这条命令核验，不需要评标中心。</source>
        <translation>Report, archive and pictures lie in the folder below. Anybody can verify them with this command, without the centre.</translation>
    </message>
    <message>
        <source>评标结束</source>
        <translation>The evaluation has ended</translation>
    </message>
</context>
<context>
    <name>EndedCard</name>
    <message>
        <source>评标已结束</source>
        <translation>The evaluation is over</translation>
    </message>
    <message>
        <source>档案保存到</source>
        <translation>Where to save the archive</translation>
    </message>
    <message>
        <source>评标档案 (*.zip)</source>
        <translation>Archive (*.zip)</translation>
    </message>
    <message>
        <source>导出档案</source>
        <translation>Export the archive</translation>
    </message>
    <message>
        <source>评标报告保存到</source>
        <translation>Where to save the report</translation>
    </message>
    <message>
        <source>评标报告 (*.pdf)</source>
        <translation>Report (*.pdf)</translation>
    </message>
    <message>
        <source>保存评标报告</source>
        <translation>Save the report</translation>
    </message>
    <message>
        <source>任何人可用“evalclient verify 档案 --genesis 指纹”核验档案，不依赖评标中心。</source>
        <translation>Anybody can check the archive with &quot;evalclient verify ARCHIVE --genesis FINGERPRINT&quot;, without the centre.</translation>
    </message>
</context>
<context>
    <name>EndedPage</name>
    <message>
        <source>推荐的中标候选人</source>
        <translation>Recommended candidates</translation>
    </message>
    <message>
        <source>评标报告签署结束</source>
        <translation>The signing of the report is over</translation>
    </message>
    <message>
        <source>未签署或未盖章的成员（组织方记录）</source>
        <translation>Members who did not sign or stamp (recorded by the organiser)</translation>
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
    <name>EndingCard</name>
    <message>
        <source>结束的依据和具体情况</source>
        <extracomment>stands for the digest of a report that is made only with the act</extracomment>
        <translation>Ground of the ending, and what happened</translation>
    </message>
    <message>
        <source>生成情况报告</source>
        <translation>Make the report</translation>
    </message>
    <message>
        <source>情况报告保存到</source>
        <translation>Where to save the report</translation>
    </message>
    <message>
        <source>情况报告 (*.pdf)</source>
        <translation>Report (*.pdf)</translation>
    </message>
    <message>
        <source>保存报告</source>
        <translation>Save the report</translation>
    </message>
    <message>
        <source>签名结束评标</source>
        <translation>Sign the end</translation>
    </message>
    <message>
        <source>具备条件</source>
        <translation>Condition met</translation>
    </message>
    <message>
        <source>不具备条件</source>
        <translation>Condition not met</translation>
    </message>
    <message>
        <source>以经评委签章的最终评标报告结束。</source>
        <translation>It ends with the last revision of the report, signed by the members.</translation>
    </message>
    <message>
        <source>情况报告已生成（{size} KB），核对后签名。</source>
        <translation>The report is made ({size} KB): read it, then sign.</translation>
    </message>
    <message>
        <source>请先生成情况报告。</source>
        <translation>Make the report first.</translation>
    </message>
    <message>
        <source>签名后评标结束，任何人不能再办理事项。</source>
        <translation>Once signed, the evaluation is over and nobody can act in it any more.</translation>
    </message>
    <message>
        <source>正在生成…</source>
        <translation>Making it…</translation>
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
        <translation>Valid bids: {valid}, fewer than {minimum}. Votes: {yes} that they compete, {no} that they do not.</translation>
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
        <source>更正的评分项</source>
        <translation>Item to correct</translation>
    </message>
    <message>
        <source>其他投标人平均报价</source>
        <translation>mean price of the other bidders</translation>
    </message>
    <message>
        <source>其他评委平均分</source>
        <translation>mean score of the other members</translation>
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
    <name>GuideCard</name>
    <message>
        <source>您现在是评标专家{person}</source>
        <translation>You are {person}, an expert</translation>
    </message>
    <message>
        <source>您现在是主场的场地管理员</source>
        <translation>You are the administrator of the main site</translation>
    </message>
    <message>
        <source>您现在是行政监督人员{person}</source>
        <translation>You are {person}, the supervisor</translation>
    </message>
    <message>
        <source>箭头所指是现在要做的事。点一下页面，本栏就收起；点下方“我要做什么”再打开。</source>
        <translation>The arrow shows what to do now. Click the page, and this panel gives way; “What do I do?” below brings it back.</translation>
    </message>
    <message>
        <source>正在用您的证书自动登录，不必输入，请稍候…</source>
        <translation>Signing in with your certificate; nothing to type. One moment…</translation>
    </message>
    <message>
        <source>锁屏后解锁用的 PIN 码：{pin}</source>
        <translation>PIN to unlock the screen: {pin}</translation>
    </message>
    <message>
        <source>签到由管理员办理，请稍候。</source>
        <translation>The administrator checks you in; please wait.</translation>
    </message>
    <message>
        <source>逐份点开左侧四份文件；点“不存在应回避的情形”、“签名声明”；勾选承诺，点“签署承诺书”。</source>
        <translation>Open the four papers on the left one by one; click “No conflict” and “Sign”; tick the pledge and click “Sign the pledge”.</translation>
    </message>
    <message>
        <source>选一位评委，点“签名并投票”。</source>
        <translation>Choose a member and click “Sign and vote”.</translation>
    </message>
    <message>
        <source>组织方开放投标文件，请稍候。</source>
        <translation>The organiser releases the bids; please wait.</translation>
    </message>
    <message>
        <source>初步评审：其余各家您“先前”已评完。左侧点还是空圈的一家，翻翻投标文件，点“其余全部通过”，再点“封存评审意见”。</source>
        <translation>Preliminary review: “earlier” you reviewed all bids but one. Click the one on the left that still has an empty ring, leaf through the bid, click “All others pass”, then “Seal the review”.</translation>
    </message>
    <message>
        <source>详细评分：左侧点还是空圈的一家，逐项评分，或者点“替我填完其余（练习）”；再点“封存评分表”。</source>
        <translation>Scoring: click the bidder on the left that still has an empty ring and score item by item, or click “Fill the rest (practice)”; then “Seal the sheet”.</translation>
    </message>
    <message>
        <source>您有一项客观分与他人不同：选他人的分值、写理由、更正。</source>
        <translation>One of your objective scores differs from the others&apos;: choose theirs, write the reason, correct it.</translation>
    </message>
    <message>
        <source>看过报价得分的计算过程，点“签名确认”。</source>
        <translation>Read how the price scores come about and click “Sign and confirm”.</translation>
    </message>
    <message>
        <source>组长汇总后，逐条答复复核提示，点“签名提交复核意见”。</source>
        <translation>When the leader has summed up, answer each flag of the re-check and click “Sign the answers”.</translation>
    </message>
    <message>
        <source>阅读评标报告，点“签署报告”；轮到您时自动加盖签章。</source>
        <translation>Read the report and click “Sign the report”; your stamp follows by itself when it is your turn.</translation>
    </message>
    <message>
        <source>归档、导出、核验由组织方办理，结果稍后显示在这里。</source>
        <translation>The organiser archives, exports and verifies; the result will be shown here.</translation>
    </message>
    <message>
        <source>逐个添加席位 {seats}，逐项勾选设备检查，点“确认场地就绪”。</source>
        <translation>Add the seats {seats} one by one, tick each check of the devices, click “Confirm that the site is ready”.</translation>
    </message>
    <message>
        <source>评委到场后，每位选席位、点两项身份核验，再点“登记签到”。可以先切断网络再办。</source>
        <translation>When the members have come: for each choose a seat and two checks of identity, then “Check in”. You may cut the network first.</translation>
    </message>
    <message>
        <source>您的事办完了。评委会评审约需两分钟，您看得到进程，看不到评分；不妨试试下面四个按钮。</source>
        <translation>You are done. The committee needs about two minutes; you see how far it is, but no scores. Try the four buttons below meanwhile.</translation>
    </message>
    <message>
        <source>旁观各环节，约两分钟。每个环节结束后，可到“日志与检查点”点“签署检查点”；不妨试试下面四个按钮。</source>
        <translation>Watch the stages, about two minutes. After each you may click “Co-sign the checkpoint” under “Log, checkpoint”; try the four buttons below meanwhile.</translation>
    </message>
    <message>
        <source>组长申请回退一次：到“评标进程”点“签名批准回退”。四分钟内不批准，评委会继续评审。</source>
        <translation>The leader asks to go back once: click “Approve the roll-back” under “Course”. If nobody approves within four minutes, the committee goes on.</translation>
    </message>
    <message>
        <source>继续旁观；各评委的评分已经公开，可到“评分表”查看。</source>
        <translation>Watch on; the members&apos; scores are open by now, see “Score sheets”.</translation>
    </message>
</context>
<context>
    <name>IssueCard</name>
    <message>
        <source>场地管理员已核验下列评委。请您另行核验身份，由首条记录所列机构签发证书后登记；登记后当日有效。</source>
        <translation>A site’s administrator has identified these members. Check the identity for yourself, have the authority of record 0 issue the certificate, then record it; it counts for the day.</translation>
    </message>
    <message>
        <source>签发的证书文件</source>
        <translation>The certificate that was issued</translation>
    </message>
    <message>
        <source>证书文件 (*.cer *.crt *.der *.pem)</source>
        <translation>Certificates (*.cer *.crt *.der *.pem)</translation>
    </message>
    <message>
        <source>签名登记当日证书</source>
        <translation>Sign: certificate issued</translation>
    </message>
    <message>
        <source>{who} 核验：{ground}；公钥摘要 {key}…</source>
        <translation>Witnessed by {who}: {ground}; digest of the public key {key}…</translation>
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
        <source>扣 {value} 分，得 {mark} 分</source>
        <translation>{value} off, mark {mark}</translation>
    </message>
    <message>
        <source>填写扣除的分值；不扣分填 0</source>
        <translation>Type the points taken off; 0 if none</translation>
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
    <name>KeyField</name>
    <message>
        <source>证书文件</source>
        <translation>Key file</translation>
    </message>
    <message>
        <source>证书介质</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>手机签名</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>本人的 .p12 或 .pfx 文件</source>
        <translation>Your own .p12 or .pfx file</translation>
    </message>
    <message>
        <source>证书文件 (*.p12 *.pfx)</source>
        <translation>Key files (*.p12 *.pfx)</translation>
    </message>
    <message>
        <source>刷新</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>签名服务地址，https://</source>
        <translation>Address of the signing service, https://</translation>
    </message>
    <message>
        <source>请插入证书介质后刷新，并选择介质。</source>
        <translation>Plug in your token, refresh, and choose it.</translation>
    </message>
    <message>
        <source>介质的 PIN 码已锁定，请换用其他介质。</source>
        <translation>This token&apos;s PIN is locked; use another.</translation>
    </message>
    <message>
        <source>请填写签名服务地址。</source>
        <translation>Enter the address of the signing service.</translation>
    </message>
    <message>
        <source>请选择证书文件（.p12 或 .pfx）。</source>
        <translation>Choose a key file (.p12 or .pfx).</translation>
    </message>
    <message>
        <source>登录和签名时请在手机上确认。</source>
        <translation>Confirm on your phone when you sign in and sign.</translation>
    </message>
    <message>
        <source>正在查找证书介质…</source>
        <translation>Looking for tokens …</translation>
    </message>
    <message>
        <source>未发现证书介质。请插好介质并安装驱动后刷新。</source>
        <translation>No token found. Plug it in, install its driver, then refresh.</translation>
    </message>
    <message>
        <source>PIN 码已锁定：请到发证机构解锁，或申请当日证书。</source>
        <translation>The PIN is locked: have its authority unlock it, or ask for a one-day certificate.</translation>
    </message>
    <message>
        <source>PIN 码只剩最后 1 次机会，再输错即被锁定。</source>
        <translation>One try is left for the PIN, then the token locks.</translation>
    </message>
    <message numerus="yes">
        <source>PIN 码还可输错 %n 次。</source>
        <translation>
            <numerusform>%n more wrong PIN and the token locks.</numerusform>
            <numerusform>%n more wrong PINs and the token locks.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyReleaseCard</name>
    <message>
        <source>提交解密份额</source>
        <translation>Releasing key shares</translation>
    </message>
    <message>
        <source>密钥保管方或投标人可在本机用自己的证书提交份额：以其本人名义签名，与本窗口登录的人无关。</source>
        <translation>A custodian or a bidder may release shares at this computer with his own certificate: he signs in his own name, whoever has signed in at this window.</translation>
    </message>
    <message>
        <source>逐条签名：保管方对以下每份各签一条记录，投标人只签自己的一份：</source>
        <translation>Signed one by one: a custodian signs a record for each of these, a bidder for his own alone:</translation>
    </message>
    <message>
        <source>提交份额</source>
        <translation>Release shares</translation>
    </message>
    <message>
        <source>证书 PIN 码</source>
        <translation>PIN of the certificate</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>将签名的记录</source>
        <translation>Records to be signed</translation>
    </message>
    <message>
        <source>正在核对证书并提交…</source>
        <translation>Checking the certificate and releasing …</translation>
    </message>
    <message>
        <source>未到投标截止时间，不得提交解密份额。</source>
        <translation>No share may be released before the deadline.</translation>
    </message>
    <message>
        <source>请由份额持有人本人输入 PIN 码。</source>
        <translation>Let the holder of the shares type his PIN.</translation>
    </message>
    <message>
        <source>份额只有组织方的席位能打开；提交记入日志。</source>
        <translation>Only the organiser&apos;s seat can open the shares; releasing is recorded in the log.</translation>
    </message>
    <message>
        <source>{name}：已提交 {count} 份，评标中心回执 {receipts} 份。</source>
        <translation>{name}: released {count}, receipts of the centre: {receipts}.</translation>
    </message>
    <message>
        <source>{name}：没有新的份额需要提交。</source>
        <translation>{name}: nothing more to release.</translation>
    </message>
</context>
<context>
    <name>LeaderCard</name>
    <message>
        <source>评标委员会负责人（组长）</source>
        <translation>Leader of the committee</translation>
    </message>
    <message>
        <source>评委</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>确定的依据（如招标人的书面决定）</source>
        <translation>Ground (such as the tenderer&apos;s written decision)</translation>
    </message>
    <message>
        <source>签名确定组长</source>
        <translation>Name the leader</translation>
    </message>
    <message>
        <source>已产生</source>
        <translation>There is a leader</translation>
    </message>
    <message>
        <source>尚未产生</source>
        <translation>No leader yet</translation>
    </message>
    <message>
        <source>请写明确定的依据。</source>
        <translation>Write down on what ground.</translation>
    </message>
    <message>
        <source>确定后不再投票；组长与其他评委有同等的表决权。</source>
        <translation>There is then no vote; the leader&apos;s vote counts as everybody&apos;s.</translation>
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
        <source>招标人（采购人）代表不得担任组长</source>
        <translation>A representative may not lead</translation>
    </message>
    <message>
        <source>招标人（采购人）代表</source>
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
    <name>LiarCard</name>
    <message>
        <source>另开一台客户端，经一条会篡改的线路连接评标中心：它收到的日志里，一条记录的收到时间被改动一个数字。用另一台，是因为报警后的客户端不再与该中心往来，本窗口还要继续评标。</source>
        <translation>A second client connects to the centre through a line that forges: in the log it receives, one digit of a record&apos;s time of receipt is changed. A second one, because a client that has raised the alarm has no more dealings with that centre, and this window is to go on.</translation>
    </message>
    <message>
        <source>让中心说谎</source>
        <translation>Make the centre lie</translation>
    </message>
    <message>
        <source>让评标中心说谎</source>
        <translation>Make the centre lie</translation>
    </message>
    <message>
        <source>这台客户端没有收到新记录，谎话还没有说出口，请稍后再试。</source>
        <translation>This client was sent no new records, so no lie was told yet; try again in a moment.</translation>
    </message>
    <message numerus="yes">
        <source>它此前核对过的 %n 条记录不变，谎话一条也没有收下；您的窗口照常工作。</source>
        <translation>
            <numerusform>The %n record it had verified before stays as it was; it took in nothing of the lie. Your window goes on working.</numerusform>
            <numerusform>The %n records it had verified before stay as they were; it took in nothing of the lie. Your window goes on working.</numerusform>
        </translation>
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
    <name>Lobby</name>
    <message>
        <source>远程异地评标演示</source>
        <translation>Demo of a remote bid evaluation</translation>
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
    <name>LogSection</name>
    <message>
        <source>签署检查点</source>
        <translation>Co-sign the checkpoint</translation>
    </message>
    <message>
        <source>已核验的检查点</source>
        <translation>Verified checkpoint</translation>
    </message>
    <message>
        <source>本客户端核验了评标中心的签名、每条记录的包含证明，以及与此前各检查点的一致性；根值可与其他席位当面核对。</source>
        <translation>This client has verified the centre&apos;s signature, that each record is included, and that it agrees with every earlier checkpoint; compare the root with other seats.</translation>
    </message>
    <message>
        <source>序号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>收到时间</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>记录</source>
        <translation>Record</translation>
    </message>
    <message>
        <source>作者</source>
        <translation>Author</translation>
    </message>
    <message>
        <source>记录号</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>日志</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>已签署：{list}</source>
        <translation>Co-signed: {list}</translation>
    </message>
    <message>
        <source>正在读取检查点…</source>
        <translation>Reading the checkpoint…</translation>
    </message>
    <message>
        <source>日志共 {size} 条记录</source>
        <translation>Records in the log: {size}</translation>
    </message>
    <message>
        <source>一致</source>
        <translation>Consistent</translation>
    </message>
    <message>
        <source>签署表示本席位见到并核验了这一检查点，评标中心此后不能改写。</source>
        <translation>It says that this seat has seen and verified the checkpoint; the centre cannot rewrite what is before it.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>您的证书：{state}</source>
        <extracomment>how long a signature that is being made when the window is closed may still take between two pieces that are loaded seconds after which a lane that computes (a report, an analysis) lets the GUI thread in; Python&apos;s own are ten times more loaded a piece at a time while the person reads the sign-in page; each costs a few milliseconds once those before it are there</extracomment>
        <translation>Your certificate: {state}</translation>
    </message>
    <message>
        <source>损坏的数据已原样移到 {folder}，已同步的内容从评标中心取回；请核对损坏前最后填写的几项，并告知技术人员。</source>
        <translation>The damaged data lies in {folder}, as it was. What was synchronised has come back from the centre; check the last fields you filled in before the damage, and tell the technician.</translation>
    </message>
</context>
<context>
    <name>MemberPages</name>
    <message>
        <source>请参与随机抽取：点击“参与抽取”，用证书签名。</source>
        <translation>Take part in the draw: press “Take part” and sign with your certificate.</translation>
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
    <name>NextStrip</name>
    <message>
        <source>前往办理</source>
        <translation>Go there</translation>
    </message>
    <message>
        <source>评标已结束：请导出档案和评标报告并移交。</source>
        <translation>The evaluation is over: export archive and report and hand them over.</translation>
    </message>
    <message>
        <source>评标委员会已解散：请生成情况报告，签名结束评标。</source>
        <translation>The committee is dissolved: make the report and sign the end.</translation>
    </message>
    <message>
        <source>{name} 须更换：请指派接替者。</source>
        <translation>{name} must be replaced: appoint a successor.</translation>
    </message>
    <message>
        <source>已申请回退：等候行政监督批准。</source>
        <translation>A roll-back has been asked for: wait for the supervisor.</translation>
    </message>
    <message>
        <source>等候投标截止：截止前不得开标。</source>
        <translation>Wait for the deadline: no bid is opened before it.</translation>
    </message>
    <message>
        <source>投标人不足 {least} 个，不得开标：请结束评标。</source>
        <translation>Fewer than {least} bids came in; they stay shut: end the evaluation.</translation>
    </message>
    <message>
        <source>等候提交解密份额：还有 {count} 份投标文件的份额不足。</source>
        <translation>Wait for key shares. Bids that still lack some: {count}.</translation>
    </message>
    <message>
        <source>解密份额已齐：请取回投标文件，读出名称和报价，签名记录开标。</source>
        <translation>All shares are there: bring the packages here, read names and prices out, sign the opening record.</translation>
    </message>
    <message>
        <source>请登记资格审查结果。</source>
        <translation>Record the qualification result.</translation>
    </message>
    <message>
        <source>有效投标不足 {least} 个：请结束评标。</source>
        <translation>Fewer than {least} bids are valid: end the evaluation.</translation>
    </message>
    <message>
        <source>开标已完成：请结束开标环节。</source>
        <translation>The opening is done: end its stage.</translation>
    </message>
    <message>
        <source>请为{site}指定场地管理员。</source>
        <translation>Appoint an administrator for {site}.</translation>
    </message>
    <message>
        <source>请指派评委：还缺 {count} 人。</source>
        <translation>Appoint members. Still to come: {count}.</translation>
    </message>
    <message>
        <source>评标报告已签署完毕：请签名记录评标结束。</source>
        <translation>The report is signed by all: sign the end of the evaluation.</translation>
    </message>
    <message>
        <source>已具备结束评标的法定情形：请核对依据，签名结束。</source>
        <translation>The evaluation may lawfully end here: check the ground and sign.</translation>
    </message>
    <message>
        <source>无须操作：“{stage}”环节由组长主持。</source>
        <translation>Nothing to do: the leader conducts &quot;{stage}&quot;.</translation>
    </message>
    <message>
        <source>“{stage}”环节已齐备：请结束本环节。</source>
        <translation>&quot;{stage}&quot; is complete: end this stage.</translation>
    </message>
    <message>
        <source>等候评委推选组长，或者由招标人确定。</source>
        <translation>Wait for the vote, or name the leader.</translation>
    </message>
    <message>
        <source>等候“{stage}”环节完成。</source>
        <translation>Wait until &quot;{stage}&quot; is complete.</translation>
    </message>
</context>
<context>
    <name>ObjectionRow</name>
    <message>
        <source>提出人</source>
        <translation>Who objects</translation>
    </message>
    <message>
        <source>异议内容</source>
        <translation>Objection</translation>
    </message>
    <message>
        <source>当场答复</source>
        <translation>Answer on the spot</translation>
    </message>
    <message>
        <source>删除该异议</source>
        <translation>Remove this objection</translation>
    </message>
</context>
<context>
    <name>Objections</name>
    <message>
        <source>添加异议</source>
        <translation>Add an objection</translation>
    </message>
    <message>
        <source>无异议。</source>
        <translation>None.</translation>
    </message>
    <message>
        <source>开标异议与答复</source>
        <translation>Objections and answers</translation>
    </message>
</context>
<context>
    <name>OfferRow</name>
    <message>
        <source>练习</source>
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
    <name>OneDayCard</name>
    <message>
        <source>当日证书</source>
        <extracomment>a digest that no key has: what the gate is asked with while no file is chosen</extracomment>
        <translation>Certificate for one day</translation>
    </message>
    <message>
        <source>评委</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>您核验的内容（至少两项）</source>
        <translation>What you checked (two at least)</translation>
    </message>
    <message>
        <source>请选择评委。</source>
        <translation>Choose the member.</translation>
    </message>
    <message>
        <source>请勾选至少两项核验内容。</source>
        <translation>Tick two things you checked, at least.</translation>
    </message>
    <message>
        <source>请选择文件。</source>
        <translation>Choose the file.</translation>
    </message>
</context>
<context>
    <name>OpenedLine</name>
    <message>
        <source>开标情况</source>
        <translation>How the opening went</translation>
    </message>
    <message>
        <source>情况和原因（记入开标记录）</source>
        <translation>What happened and why (goes into the record)</translation>
    </message>
    <message>
        <source>{price} 元</source>
        <translation>{price} yuan</translation>
    </message>
    <message>
        <source>未读出报价</source>
        <translation>No price read</translation>
    </message>
    <message>
        <source>解密失败：投标人原因（视为撤销）</source>
        <translation>Failed: the bidder&apos;s own doing</translation>
    </message>
    <message>
        <source>解密失败：非投标人原因（视为撤回）</source>
        <translation>Failed: not the bidder&apos;s doing</translation>
    </message>
    <message>
        <source>已开标</source>
        <translation>Opened</translation>
    </message>
</context>
<context>
    <name>OpeningSection</name>
    <message>
        <source>签名记录开标</source>
        <translation>Sign the opening record</translation>
    </message>
    <message>
        <source>更正开标记录…</source>
        <translation>Correct the record…</translation>
    </message>
    <message>
        <source>开标记录</source>
        <translation>Opening record</translation>
    </message>
    <message>
        <source>已记录</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>请逐项核对</source>
        <translation>Check line by line</translation>
    </message>
    <message>
        <source>开标失败的投标文件须写明情况。</source>
        <translation>A bid that failed to open needs a note of what happened.</translation>
    </message>
    <message>
        <source>异议须写明提出人、内容和当场答复。</source>
        <translation>An objection needs who made it, what it says, and the answer.</translation>
    </message>
    <message>
        <source>唱标无误后签名；开标记录向全体投标人公开。</source>
        <translation>Sign once names and prices have been read aloud; every bidder sees the record.</translation>
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
    <name>OptionsScore</name>
    <message>
        <source>均不符合</source>
        <translation>none of them</translation>
    </message>
    <message>
        <source>{value} 分</source>
        <translation>{value}</translation>
    </message>
    <message>
        <source>符合的均请勾选，最多得 {high} 分</source>
        <translation>Tick all that apply; at most {high}</translation>
    </message>
    <message>
        <source>得 {value} 分，最多 {high} 分</source>
        <translation>{value} of at most {high}</translation>
    </message>
</context>
<context>
    <name>OrganiserPage</name>
    <message>
        <source>公告与指纹</source>
        <translation>Announcement</translation>
    </message>
    <message>
        <source>评标委员会</source>
        <translation>Committee</translation>
    </message>
    <message>
        <source>开标</source>
        <translation>Opening</translation>
    </message>
    <message>
        <source>评标进程</source>
        <translation>Procedure</translation>
    </message>
    <message>
        <source>结束与移交</source>
        <translation>Ending</translation>
    </message>
    <message>
        <source>待办</source>
        <translation>To do</translation>
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
        <source>过半数评委认定后停止评审，由组织方修改招标（采购）文件后重新招标。</source>
        <translation>When more than half of the members find it, the evaluation stops and the organiser tenders again.</translation>
    </message>
    <message>
        <source>由组长申请、行政监督批准；回退环节及其后的结论作废，原记录保留。</source>
        <translation>The leader asks, the supervisor approves; conclusions from that stage on become void, their records stay.</translation>
    </message>
</context>
<context>
    <name>PackageLine</name>
    <message>
        <source>{size} MiB，封装与摘要核对无误，可查看。</source>
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
    <name>PanelCard</name>
    <message>
        <source>命令输出</source>
        <extracomment>heights of what a command has printed, and of a whole outcome, in pixels</extracomment>
        <translation>Output of the command</translation>
    </message>
</context>
<context>
    <name>PaperList</name>
    <message>
        <source>项目文件</source>
        <extracomment>on the button of a paper that has been opened</extracomment>
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
    <name>PathField</name>
    <message>
        <source>选择…</source>
        <translation>Choose…</translation>
    </message>
    <message>
        <source>所有文件 (*)</source>
        <translation>All files (*)</translation>
    </message>
</context>
<context>
    <name>PeekCard</name>
    <message>
        <source>向本席位要一位评委的评分表。页面上方各评委姓名旁的眼睛图标问的是同一件事。</source>
        <translation>Ask this seat for a member&apos;s score sheet. The eye beside each member&apos;s name at the top of the page asks the same.</translation>
    </message>
    <message>
        <source>向本席位要一位评委的评分表。管理员的岗位任何时候都看不到评分。</source>
        <translation>Ask this seat for a member&apos;s score sheet. An administrator never sees scores.</translation>
    </message>
    <message>
        <source>向本席位要一位评委的评分表。全体评委封存之后，“评分表”一栏可以查看。</source>
        <translation>Ask this seat for a member&apos;s score sheet. Once all members have sealed, they can be read under “Score sheets”.</translation>
    </message>
    <message>
        <source>偷看他人的评分表</source>
        <translation>Peek at a colleague&apos;s sheet</translation>
    </message>
    <message>
        <source>看一看</source>
        <translation>Have a look</translation>
    </message>
    <message numerus="yes">
        <source>全体评委均已封存，评分表已公开，可以查看（%n 家）。</source>
        <translation>
            <numerusform>All members have sealed and the sheets are open: you may look (%n bid).</numerusform>
            <numerusform>All members have sealed and the sheets are open: you may look (%n bids).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaceLine</name>
    <message>
        <source>指派接替者…</source>
        <translation>Appoint a successor…</translation>
    </message>
    <message>
        <source>评标专家</source>
        <translation>Expert</translation>
    </message>
    <message>
        <source>招标人（采购人）代表</source>
        <translation>Tenderer&apos;s (purchaser&apos;s) representative</translation>
    </message>
    <message>
        <source>登录后显示姓名</source>
        <translation>name shows after sign-in</translation>
    </message>
    <message>
        <source>{number} 号评委&#x3000;{name}&#x3000;{kind}</source>
        <translation>Member {number}&#x3000;{name}&#x3000;{kind}</translation>
    </message>
    <message>
        <source>本人声明回避：{ground}</source>
        <translation>Has declared a conflict: {ground}</translation>
    </message>
    <message>
        <source>场地管理员申请更换：{ground}</source>
        <translation>The site asks for a replacement: {ground}</translation>
    </message>
    <message>
        <source>已由 {name} 接替</source>
        <translation>Replaced by {name}</translation>
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
        <source>已签承诺书</source>
        <translation>Pledged</translation>
    </message>
    <message>
        <source>已签到</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>证书已登录</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>未登录</source>
        <translation>Not signed in</translation>
    </message>
    <message>
        <source>组长</source>
        <translation>Leader</translation>
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
    <message numerus="yes">
        <source>还有 %n 份文件未打开阅读。</source>
        <translation>
            <numerusform>%n paper has not been opened yet.</numerusform>
            <numerusform>%n papers have not been opened yet.</numerusform>
        </translation>
    </message>
    <message>
        <source>请先勾选承诺。</source>
        <translation>Tick the pledge first.</translation>
    </message>
</context>
<context>
    <name>PreparingPage</name>
    <message>
        <source>正在准备</source>
        <translation>Preparing</translation>
    </message>
    <message>
        <source>正在生成证书、招标文件和各家投标文件，然后发布、递交、开标；席位备好后窗口自动打开。</source>
        <translation>Certificates, the tender and the bids are made, then published, handed in and opened; your seat&apos;s window opens by itself.</translation>
    </message>
</context>
<context>
    <name>PriceCorrectionCard</name>
    <message>
        <source>算术性修正</source>
        <translation>Arithmetic corrections</translation>
    </message>
    <message>
        <source>投标人</source>
        <translation>Bidder</translation>
    </message>
    <message>
        <source>修正金额（元），减少的填负数</source>
        <translation>Correction in CNY, below zero to take off</translation>
    </message>
    <message>
        <source>原因，如总价与单价合计不一致</source>
        <translation>Reason, e.g. total and unit prices differ</translation>
    </message>
    <message>
        <source>投标人书面确认情况</source>
        <translation>How the bidder confirmed it in writing</translation>
    </message>
    <message>
        <source>签名记录修正</source>
        <translation>Sign the correction</translation>
    </message>
    <message>
        <source>{name}：{amount} 元（{reason}）</source>
        <translation>{name}: CNY {amount} ({reason})</translation>
    </message>
    <message>
        <source>请填写修正金额，如 -1200.50。</source>
        <translation>Type the correction, such as -1200.50.</translation>
    </message>
    <message>
        <source>修正后各评委须重新确认报价计算。</source>
        <translation>Every member confirms the calculation anew afterwards.</translation>
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
        <source>您已参与抽取：请等候其他各方，抽取完成后计算报价得分。</source>
        <translation>You take part in the draw: wait for the others; then the prices are scored.</translation>
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
    <message>
        <source>本项目的报价计算含抽取的数值，抽取完成后显示。</source>
        <translation>The price calculation needs what is drawn; it is shown after the draw.</translation>
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
    <name>PublishPage</name>
    <message>
        <source>{count} 项</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>以您的证书签名后，“{title}”即在评标中心登记，内容不能再修改。</source>
        <translation>Once your certificate has signed, “{title}” is registered at the centre and cannot be changed.</translation>
    </message>
    <message>
        <source>内有 tender.json、method.json、rules.json、evaluation.json 和 papers、parties、roots。</source>
        <translation>It holds tender.json, method.json, rules.json, evaluation.json and the folders papers, parties, roots.</translation>
    </message>
    <message>
        <source>发布前须改正</source>
        <translation>To be corrected first</translation>
    </message>
    <message>
        <source>发布评标项目</source>
        <translation>Publish an evaluation</translation>
    </message>
    <message>
        <source>发布资料尚有问题，请改正后重新核对。</source>
        <translation>The folder has problems: correct them, then check again.</translation>
    </message>
    <message>
        <source>发布资料文件夹</source>
        <translation>Tender folder</translation>
    </message>
    <message>
        <source>尚未选择发布资料</source>
        <translation>No tender folder yet</translation>
    </message>
    <message>
        <source>已发布；另选文件夹可再发布其他项目。</source>
        <translation>Published. Choose another folder to publish another tender.</translation>
    </message>
    <message>
        <source>正在打开证书…</source>
        <translation>Opening the certificate…</translation>
    </message>
    <message>
        <source>组织方的证书</source>
        <translation>The organiser&apos;s certificate</translation>
    </message>
    <message>
        <source>正在核对发布资料…</source>
        <translation>Checking the folder…</translation>
    </message>
    <message>
        <source>确定发布本项目吗？</source>
        <translation>Publish this evaluation?</translation>
    </message>
    <message>
        <source>签名发布</source>
        <translation>Sign and publish</translation>
    </message>
    <message>
        <source>签名发布…</source>
        <translation>Sign and publish…</translation>
    </message>
    <message>
        <source>证书 PIN 码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>评标中心地址</source>
        <translation>Address of the centre</translation>
    </message>
    <message>
        <source>请填写评标中心地址。</source>
        <translation>Enter the address of the centre.</translation>
    </message>
    <message>
        <source>请核对右侧内容，确认无误后输入证书 PIN 码。</source>
        <translation>Read what stands on the right; if it is right, enter the PIN.</translation>
    </message>
    <message>
        <source>请输入证书 PIN 码</source>
        <translation>Enter the PIN</translation>
    </message>
    <message>
        <source>请选择发布资料文件夹。</source>
        <translation>Choose the tender folder.</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>选择文件夹后，这里列出将要签名的全部内容；有问题的逐条说明。</source>
        <translation>Choose the folder: everything you are about to sign is listed here, and each problem with a sentence.</translation>
    </message>
    <message>
        <source>重新核对</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>接续项目 {short}…：原评标委员会已解散，重新组建后在新项目中评标。</source>
        <translation>In place of {short}…: its committee was dissolved; a new one evaluates in the new evaluation.</translation>
    </message>
</context>
<context>
    <name>PublishSummary</name>
    <message>
        <source>{count} 份</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>{names}：{least} 方到齐可开启{own}</source>
        <translation>{names}: any {least} open the bids{own}</translation>
    </message>
    <message>
        <source>{names}：{least} 方到齐可恢复</source>
        <translation>{names}: any {least} recover a sealed body</translation>
    </message>
    <message>
        <source>{size} 人，其中招标人（采购人）代表 {representatives} 人</source>
        <translation>{size} members, {representatives} of them the tenderer&apos;s (purchaser&apos;s) representatives</translation>
    </message>
    <message>
        <source>交易类别</source>
        <translation>Trade</translation>
    </message>
    <message>
        <source>代理机构</source>
        <translation>Agency</translation>
    </message>
    <message>
        <source>各方与密钥</source>
        <translation>Offices and keys</translation>
    </message>
    <message>
        <source>开标密钥保管</source>
        <translation>Opening custodians</translation>
    </message>
    <message>
        <source>性质</source>
        <translation>Nature</translation>
    </message>
    <message>
        <source>恢复密钥保管</source>
        <translation>Recovery custodians</translation>
    </message>
    <message>
        <source>投标截止</source>
        <translation>Bids due</translation>
    </message>
    <message>
        <source>招标人（采购人）</source>
        <translation>Tenderer (purchaser)</translation>
    </message>
    <message>
        <source>招标项目</source>
        <translation>Tender document</translation>
    </message>
    <message>
        <source>摘要写入创建记录，发布后任何一方都不能更换这些文件。</source>
        <translation>Their digests stand in record 0: once published, nobody can replace them.</translation>
    </message>
    <message>
        <source>无</source>
        <translation>none</translation>
    </message>
    <message>
        <source>最高限价（元）</source>
        <translation>Ceiling (CNY)</translation>
    </message>
    <message>
        <source>演练项目，不具有法律效力</source>
        <translation>A practice evaluation, without legal effect</translation>
    </message>
    <message>
        <source>等候时限</source>
        <translation>Waiting times</translation>
    </message>
    <message>
        <source>行政监督</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>当日证书机构</source>
        <translation>Authority for certificates of one day</translation>
    </message>
    <message>
        <source>吊销状态不明时</source>
        <translation>While revocation is not known</translation>
    </message>
    <message>
        <source>过更新期的列表自签发起 {hours} 小时内可依，否则不予认可</source>
        <translation>A list past its term serves up to {hours} h after it was made; otherwise a certificate does not count</translation>
    </message>
    <message>
        <source>不予认可</source>
        <translation>A certificate does not count</translation>
    </message>
    <message>
        <source>予以认可并提示</source>
        <translation>A certificate counts, and this is told</translation>
    </message>
    <message>
        <source>规则包</source>
        <translation>Rule pack</translation>
    </message>
    <message>
        <source>密码算法</source>
        <translation>Algorithms</translation>
    </message>
    <message>
        <source>国密：SM2、SM3、SM4</source>
        <translation>SM suite: SM2, SM3, SM4</translation>
    </message>
    <message>
        <source>国际：RSA 或 EC、SHA-256、AES</source>
        <translation>International: RSA or EC, SHA-256, AES</translation>
    </message>
    <message>
        <source>认可的证书机构</source>
        <translation>Recognised authorities</translation>
    </message>
    <message>
        <source>证书吊销列表</source>
        <translation>Revocation lists</translation>
    </message>
    <message>
        <source>评委未公开封存密钥满 {recovery} 分钟，可申请保管方恢复；组长无动作满 {patience} 分钟，组织方可结束环节</source>
        <translation>A seal whose author does not open it goes to the custodians after {recovery} min; the organiser may end a stage when the leader has done nothing for {patience} min</translation>
    </message>
    <message>
        <source>评标办法</source>
        <translation>Method</translation>
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
        <source>随创建记录固定的文件</source>
        <translation>Documents that record 0 pins</translation>
    </message>
    <message>
        <source>项目</source>
        <translation>Project</translation>
    </message>
    <message>
        <source>项目编号</source>
        <translation>Project number</translation>
    </message>
    <message>
        <source>，并须投标人本人份额</source>
        <translation>, together with the bidder&apos;s own share</translation>
    </message>
    <message>
        <source>原项目日志</source>
        <translation>Its log (records, root)</translation>
    </message>
    <message>
        <source>接续的原项目</source>
        <translation>In place of</translation>
    </message>
    <message>
        <source>重新组建的原因</source>
        <translation>Why a new committee</translation>
    </message>
</context>
<context>
    <name>PublishedCard</name>
    <message>
        <source>保存公告文件</source>
        <translation>Save the announcement</translation>
    </message>
    <message>
        <source>公告文件保存到</source>
        <translation>Save the announcement to</translation>
    </message>
    <message>
        <source>已保存：{path}</source>
        <translation>Saved: {path}</translation>
    </message>
    <message>
        <source>已登记</source>
        <translation>Registered</translation>
    </message>
    <message>
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>登录该项目</source>
        <translation>Sign in to it</translation>
    </message>
    <message>
        <source>请在招标公告中载明项目指纹并附上公告文件：投标人凭它投标，评委和各方凭它加入；任何人可凭指纹核对。</source>
        <translation>Print the fingerprint in the notice and attach the announcement file: bidders, members and offices start from it, and anybody compares the fingerprint.</translation>
    </message>
    <message>
        <source>请填写保存位置。</source>
        <translation>Enter where to save it.</translation>
    </message>
    <message>
        <source>项目已发布</source>
        <translation>The evaluation is published</translation>
    </message>
    <message>
        <source>项目文件 (*.json)</source>
        <translation>Announcement files (*.json)</translation>
    </message>
    <message>
        <source>办理新项目：关闭窗口，重新打开后登录该项目。</source>
        <translation>To work in the new evaluation, close the window, open it again and sign in to it.</translation>
    </message>
</context>
<context>
    <name>QualificationCard</name>
    <message>
        <source>资格审查结果</source>
        <translation>Qualification result</translation>
    </message>
    <message>
        <source>其余合格</source>
        <translation>The rest qualify</translation>
    </message>
    <message>
        <source>签名登记资格审查结果</source>
        <translation>Sign the result</translation>
    </message>
    <message>
        <source>已登记</source>
        <translation>Recorded</translation>
    </message>
    <message>
        <source>待登记</source>
        <translation>To be recorded</translation>
    </message>
    <message>
        <source>还有 {count} 家未作结论。</source>
        <translation>Not decided yet: {count}.</translation>
    </message>
    <message>
        <source>不合格的投标人不进入评审，其原因随结果告知。</source>
        <translation>Unqualified bidders are not evaluated; they are told the reason with the result.</translation>
    </message>
</context>
<context>
    <name>QualificationLine</name>
    <message>
        <source>合格</source>
        <translation>Qualified</translation>
    </message>
    <message>
        <source>不合格</source>
        <translation>Not qualified</translation>
    </message>
    <message>
        <source>不合格的原因（必填）</source>
        <translation>Why not (needed)</translation>
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
    <name>ReceiptsLine</name>
    <message>
        <source>本人回执保存到文件夹</source>
        <translation>Folder for one&apos;s own receipts</translation>
    </message>
    <message>
        <source>保存回执</source>
        <translation>Save receipts</translation>
    </message>
</context>
<context>
    <name>ReceivedBids</name>
    <message>
        <source>收到的投标文件</source>
        <translation>Bids received</translation>
    </message>
    <message>
        <source>尚未收到投标文件。</source>
        <translation>No bid has come in yet.</translation>
    </message>
    <message>
        <source>取回投标文件</source>
        <translation>Bring the packages here</translation>
    </message>
    <message>
        <source>读出名称和报价</source>
        <translation>Read names and prices</translation>
    </message>
    <message>
        <source>{count} 份</source>
        <translation>Bids: {count}</translation>
    </message>
    <message>
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>还有 {count} 份投标文件的解密份额不足；现在读取将记为开标失败。</source>
        <translation>Bids that lack key shares: {count}; read now, they count as failed to open.</translation>
    </message>
    <message>
        <source>解密份额已齐。</source>
        <translation>All key shares are there.</translation>
    </message>
    <message>
        <source>正在连接评标中心…</source>
        <translation>Reaching the centre…</translation>
    </message>
    <message>
        <source>正在取回第 {package}/{of} 份</source>
        <translation>Bringing package {package} of {of}</translation>
    </message>
    <message>
        <source>{count} 份投标文件已取回，摘要与日志一致。</source>
        <translation>Packages here: {count}, with the digests in the log.</translation>
    </message>
    <message>
        <source>{count} 份投标文件已取回；评标中心没有其余 {lost} 份，读取后将记为开标失败。</source>
        <translation>Packages here: {count}. The centre does not hold the other {lost}: read now, they count as failed to open.</translation>
    </message>
    <message>
        <source>已取消；已取回的部分保留，可继续。</source>
        <translation>Cancelled; what has come is kept, and you can go on.</translation>
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
        <source>请先更正您超出评分标准范围的评分。</source>
        <translation>First correct your score that lies outside what the method allows.</translation>
    </message>
    <message>
        <source>无须操作：等待其他评委更正超出评分标准范围的评分。</source>
        <translation>Nothing to do: waiting for a member to correct a score outside what the method allows.</translation>
    </message>
    <message numerus="yes">
        <source>请逐条答复 %n 条复核提示，签名提交。</source>
        <translation>
            <numerusform>Answer %n flag, then sign.</numerusform>
            <numerusform>Answer each of the %n flags, then sign.</numerusform>
        </translation>
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
    <name>RecoveryCard</name>
    <message>
        <source>评委不公开封存内容</source>
        <translation>A member does not open what he sealed</translation>
    </message>
    <message>
        <source>全体封存后由各评委本人的客户端公开；在规定时间内仍未公开的，可请恢复密钥保管方提交份额，达到规定份数后本席位自动公开。</source>
        <translation>Once all have sealed, each member&apos;s client opens his own. What is still shut after the time set can be asked of the recovery custodians; with enough shares this seat opens it by itself.</translation>
    </message>
    <message>
        <source>封存内容</source>
        <translation>Sealed body</translation>
    </message>
    <message>
        <source>申请恢复的原因</source>
        <translation>Ground of the request</translation>
    </message>
    <message>
        <source>签名申请恢复</source>
        <translation>Sign the request</translation>
    </message>
    <message>
        <source>{what}：已申请，保管方份额 {count}/{least}</source>
        <translation>{what}: asked for, custodians&apos; shares {count}/{least}</translation>
    </message>
</context>
<context>
    <name>RefusalCard</name>
    <message>
        <source>记录拒绝签字</source>
        <translation>Record a refusal to sign</translation>
    </message>
    <message>
        <source>评委</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>拒绝签字的情况</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>签名记录</source>
        <translation>Sign the record</translation>
    </message>
    <message>
        <source>已签署 {count}/{everybody}</source>
        <translation>{count} of {everybody} signed</translation>
    </message>
</context>
<context>
    <name>ReleaseCard</name>
    <message>
        <source>向评委开放投标文件</source>
        <translation>Release to the committee</translation>
    </message>
    <message>
        <source>评委签署承诺并声明无须回避后，本席位自动把密钥授予其当前登录的会话；接替者和换席位的评委另行授予。</source>
        <translation>Once a member has pledged and declared no conflict, this seat gives the keys to his present session by itself; successors and members at a new seat get theirs anew.</translation>
    </message>
    <message>
        <source>{bids} 份投标文件，已授予 {granted}/{everybody}</source>
        <translation>Bids: {bids}, released to {granted} of {everybody}</translation>
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
        <source>已签署，未盖章</source>
        <translation>Signed, not stamped</translation>
    </message>
    <message>
        <source>报告与本机记录不一致：请重新生成。</source>
        <translation>The report is not what this client&apos;s records give: make it anew.</translation>
    </message>
    <message>
        <source>报告与本机记录不一致，不能签署：请要求组长重新生成，并报告监督人员。</source>
        <translation>Do not sign: your records give another report. Ask the leader for a new one.</translation>
    </message>
    <message>
        <source>请阅读评标报告后签署；有不同意见的，写明理由一并签署。</source>
        <translation>Read the report and sign it; a dissent is signed together with its reason.</translation>
    </message>
    <message>
        <source>您于 {at} 签署本报告，并附不同意见：{dissent}</source>
        <translation>You signed this report at {at}, with a dissent: {dissent}</translation>
    </message>
    <message>
        <source>您于 {at} 签署本报告，未提不同意见。</source>
        <translation>You signed this report at {at}, without a dissent.</translation>
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
        <source>报告尚未生成</source>
        <translation>There is no report yet</translation>
    </message>
    <message>
        <source>组长生成评标报告后，在此阅读并签署。</source>
        <translation>Once the leader has made it, read and sign it here.</translation>
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
        <source>封存评审意见</source>
        <translation>Seal the review</translation>
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
    <message numerus="yes">
        <source>{name}：其余 %n 项均判定通过？</source>
        <translation>
            <numerusform>{name}: pass the other %n item?</numerusform>
            <numerusform>{name}: pass the other %n items?</numerusform>
        </translation>
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
    <name>RevocationCard</name>
    <message>
        <source>评标过程中得知有证书被吊销的，或原有列表已旧的，登记签发机构新发布的吊销列表或 OCSP 响应：自登记起，被吊销的证书所签的记录不生效；此前的记录不受影响。</source>
        <translation>When a certificate is revoked during the evaluation, or the lists at hand are old, record the list or OCSP answer that its issuer has published: from then on what a revoked certificate signs has no effect. What was signed before stays.</translation>
    </message>
    <message>
        <source>吊销列表文件</source>
        <translation>Revocation list</translation>
    </message>
    <message>
        <source>吊销列表或 OCSP 响应 (*.crl *.ors *.der *.pem)</source>
        <translation>Revocation lists or OCSP answers (*.crl *.ors *.der *.pem)</translation>
    </message>
    <message>
        <source>已登记 {count} 份</source>
        <translation>{count} recorded</translation>
    </message>
    <message>
        <source>签名登记吊销列表</source>
        <translation>Sign and record it</translation>
    </message>
    <message>
        <source>证书吊销列表</source>
        <extracomment>more than a record has room for, in PEM too: the refusal then speaks of the list, not of its end</extracomment>
        <translation>Revocation lists</translation>
    </message>
    <message>
        <source>请选择吊销列表文件。</source>
        <translation>Choose the list.</translation>
    </message>
</context>
<context>
    <name>RobustnessRows</name>
    <message>
        <source>评委人数减少后，评标办法规定的去极值方式不同。</source>
        <extracomment>so many scores are shown; the archive has all of them</extracomment>
        <translation>With fewer members the method drops other numbers of scores.</translation>
    </message>
    <message>
        <source>无法计算</source>
        <translation>cannot be worked out</translation>
    </message>
    <message>
        <source>（并列待定：{names}）</source>
        <translation> (equal, not decided: {names})</translation>
    </message>
    <message>
        <source>是</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>该项允许的任何分值都不会改变第一名。</source>
        <translation>No value that the item allows changes the first place.</translation>
    </message>
    <message>
        <source>{to}（{steps} 档）</source>
        <translation>{to} ({steps})</translation>
    </message>
    <message>
        <source>则为：{names}</source>
        <translation>Then: {names}</translation>
    </message>
    <message>
        <source>第一名改变</source>
        <translation>other first place</translation>
    </message>
    <message>
        <source>候选人改变</source>
        <translation>other candidates</translation>
    </message>
    <message>
        <source>不变</source>
        <translation>no change</translation>
    </message>
</context>
<context>
    <name>RobustnessSection</name>
    <message>
        <source>计算</source>
        <translation>Compute</translation>
    </message>
    <message>
        <source>正在逐项试算</source>
        <translation>Trying one thing after another</translation>
    </message>
    <message>
        <source>稳健性分析</source>
        <translation>Robustness</translation>
    </message>
    <message>
        <source>去掉任一评委、改用其他取舍、去极值或者汇总方式、改动任一评分时，第一名和中标候选人是否改变。只供复核参考，不改变评标结果。</source>
        <translation>Whether first place and candidates would be others without one member, with other rounding, trimming or aggregation, or with one other score. It shows where to look and changes nothing.</translation>
    </message>
    <message>
        <source>去掉一名评委</source>
        <translation>Without one member</translation>
    </message>
    <message>
        <source>其他计算方式</source>
        <translation>Other ways to compute</translation>
    </message>
    <message>
        <source>计算方式</source>
        <translation>Way to compute</translation>
    </message>
    <message>
        <source>决定性评分</source>
        <translation>Decisive scores</translation>
    </message>
    <message>
        <source>在本席位由已核验的日志计算，可随时取消。</source>
        <translation>Computed at this seat from the verified log; it can be cancelled at any time.</translation>
    </message>
    <message>
        <source>去掉的评委</source>
        <translation>Member left out</translation>
    </message>
    <message>
        <source>中标候选人（依次）</source>
        <translation>Candidates, in order</translation>
    </message>
    <message>
        <source>与评标结果相比</source>
        <translation>Compared</translation>
    </message>
    <message>
        <source>一档之差</source>
        <translation>1 step</translation>
    </message>
    <message>
        <source>评委</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>投标人</source>
        <translation>Bidder</translation>
    </message>
    <message>
        <source>评分项</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>评分</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>改变第一名</source>
        <translation>New first at</translation>
    </message>
    <message>
        <source>改变候选人</source>
        <translation>New list at</translation>
    </message>
    <message>
        <source>评委所写理由</source>
        <translation>Reason given</translation>
    </message>
    <message>
        <source>{done} / {whole}</source>
        <translation>{done} / {whole}</translation>
    </message>
    <message>
        <source>由近及远，最多列出 {most} 个；全部见评标档案的 robustness.json。</source>
        <translation>The nearest first, at most {most}, in brackets the steps to get there; robustness.json in the archive has all of them.</translation>
    </message>
    <message>
        <source>去掉以下评委，第一名改变：{names}</source>
        <translation>The first place is another without: {names}</translation>
    </message>
    <message>
        <source>去掉任一评委，第一名不变，候选人可能改变。</source>
        <translation>Whichever member is left out, the first place stays; the candidates may not.</translation>
    </message>
    <message>
        <source>去掉任一评委，第一名和候选人都不变。</source>
        <translation>Whichever member is left out, first place and candidates stay.</translation>
    </message>
    <message>
        <source>其他计算方式：试算 {tried}，改变第一名 {first}，改变候选人 {others}。</source>
        <translation>Other ways to compute: tried {tried}, other first place {first}, other candidates {others}.</translation>
    </message>
    <message>
        <source>其他计算方式：试算 {tried}，第一名和候选人都不变。</source>
        <translation>Other ways to compute: tried {tried}, first place and candidates stay.</translation>
    </message>
    <message>
        <source>单个评分：共 {every}，单独改动可改变候选人 {some}（其中可改变第一名 {first}），只差一档 {pivotal}。</source>
        <translation>Single scores: {every} in all, alone able to change the candidates {some} (of these the first place {first}), by one step {pivotal}.</translation>
    </message>
</context>
<context>
    <name>RollbackCard</name>
    <message>
        <source>申请回退</source>
        <translation>Ask for a roll-back</translation>
    </message>
    <message>
        <source>回退到的环节</source>
        <translation>Stage to go back to</translation>
    </message>
    <message>
        <source>回退的原因</source>
        <translation>Ground of the roll-back</translation>
    </message>
    <message>
        <source>签名申请回退</source>
        <translation>Sign the request</translation>
    </message>
    <message>
        <source>已申请回退到“{stage}”：{ground}</source>
        <translation>Asked to go back to &quot;{stage}&quot;: {ground}</translation>
    </message>
    <message>
        <source>由行政监督批准后生效：该环节及其后的结论作废，原记录保留。</source>
        <translation>It takes effect when the supervisor approves: conclusions from that stage on are void, the records stay.</translation>
    </message>
</context>
<context>
    <name>RollbackRequest</name>
    <message>
        <source>签名批准回退</source>
        <translation>Approve the roll-back</translation>
    </message>
    <message>
        <source>申请回退到“{stage}”</source>
        <translation>Asks to go back to &quot;{stage}&quot;</translation>
    </message>
    <message>
        <source>原因：{ground}</source>
        <translation>Ground: {ground}</translation>
    </message>
</context>
<context>
    <name>SaveLine</name>
    <message>
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>请填写保存位置。</source>
        <translation>Say where to save it.</translation>
    </message>
    <message>
        <source>已保存：{path}</source>
        <translation>Saved: {path}</translation>
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
        <source>不符合评分步长：{range}，尚未保存。</source>
        <translation>Not on a step: {range}; not saved.</translation>
    </message>
    <message>
        <source>{low}～{high} 分</source>
        <translation>{low} to {high}</translation>
    </message>
    <message>
        <source>{low}～{high} 分，步长 {step}</source>
        <translation>{low} to {high}, step {step}</translation>
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
        <translation>Fill the rest (practice)</translation>
    </message>
    <message>
        <source>封存评分表</source>
        <translation>Seal the sheet</translation>
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
    <message numerus="yes">
        <source>请核对 %n 项不一致的客观分：更正，或维持并说明理由。</source>
        <translation>
            <numerusform>Look at %n objective difference: correct, or keep with a reason.</numerusform>
            <numerusform>Look at %n objective differences: correct, or keep with a reason.</numerusform>
        </translation>
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
    <name>SheetSection</name>
    <message>
        <source>评委评分表</source>
        <translation>The members&apos; score sheets</translation>
    </message>
    <message>
        <source>全体评委封存并同时公开之前，任何人（包括行政监督和评标中心）都看不到评分内容。</source>
        <translation>Until all members have sealed and opened at once, nobody sees a score, neither the supervisor nor the centre.</translation>
    </message>
    <message>
        <source>已公开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>未公开</source>
        <translation>Not open yet</translation>
    </message>
    <message>
        <source>{name} 已封存</source>
        <translation>{name}: sealed</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>刷新</source>
        <extracomment>what a window of 768 lines has room for</extracomment>
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
        <source>证书</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>证书 PIN 码</source>
        <translation>PIN</translation>
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
        <source>请输入证书 PIN 码</source>
        <translation>Enter the certificate’s PIN</translation>
    </message>
    <message>
        <source>席位标签上的编号，可不填</source>
        <translation>The number on the seat’s label; may be left empty</translation>
    </message>
    <message>
        <source>移开损坏的数据（原样保留）</source>
        <translation>Set the damaged data aside (kept as it is)</translation>
    </message>
    <message>
        <source>组织方：发布新项目…</source>
        <translation>Organiser: publish an evaluation…</translation>
    </message>
</context>
<context>
    <name>SignedFor</name>
    <message>
        <source>评标办法</source>
        <extracomment>of a digest&apos;s 64 hexadecimal digits</extracomment>
        <translation>Evaluation method</translation>
    </message>
    <message numerus="yes">
        <source>一次签名，签署以下 %n 份内容（附摘要前 8 位）：</source>
        <translation>
            <numerusform>One signature for this %n paper (digest: first 8 digits):</numerusform>
            <numerusform>One signature for these %n papers (digest: first 8 digits):</numerusform>
        </translation>
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
        <translation>Such as {example}</translation>
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
    <message numerus="yes">
        <source>还有 %n 项检查未完成。</source>
        <translation>
            <numerusform>%n check is still to do.</numerusform>
            <numerusform>%n checks are still to do.</numerusform>
        </translation>
    </message>
    <message>
        <source>确认后席位与检查结果随签名记入日志。</source>
        <translation>Seats and checks go into the log with your signature.</translation>
    </message>
</context>
<context>
    <name>SitePlaces</name>
    <message>
        <source>本场地尚无评委位。</source>
        <translation>No member has a place at this site yet.</translation>
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
        <source>已确认就绪</source>
        <translation>Confirmed ready</translation>
    </message>
    <message>
        <source>等待确认</source>
        <translation>To confirm</translation>
    </message>
    <message>
        <source>场地管理员：{names}</source>
        <translation>Administrator: {names}</translation>
    </message>
    <message>
        <source>尚未指定场地管理员。</source>
        <translation>No administrator has been appointed.</translation>
    </message>
</context>
<context>
    <name>SlotCard</name>
    <message>
        <source>申请更换…</source>
        <translation>Replace…</translation>
    </message>
    <message>
        <source>登记签到</source>
        <translation>Check in</translation>
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
    <message numerus="yes">
        <source>还须核验 %n 项身份</source>
        <translation>
            <numerusform>%n more identity check needed</numerusform>
            <numerusform>%n more identity checks needed</numerusform>
        </translation>
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
    <name>StageCard</name>
    <message>
        <source>签名结束本环节</source>
        <translation>End this stage</translation>
    </message>
    <message>
        <source>当前环节：{stage}</source>
        <translation>Stage: {stage}</translation>
    </message>
    <message>
        <source>第 {number} 轮</source>
        <translation>Round {number}</translation>
    </message>
    <message>
        <source>本环节所需的记录已齐备。</source>
        <translation>Every record this stage needs is there.</translation>
    </message>
    <message>
        <source>尚不能结束本环节。</source>
        <translation>The stage cannot end yet.</translation>
    </message>
    <message>
        <source>环节由组长结束；仅在组长不能办理时由组织方结束。</source>
        <translation>The leader ends a stage; the organiser only where the leader cannot.</translation>
    </message>
    <message>
        <source>结束后进入“{stage}”。</source>
        <translation>Then follows &quot;{stage}&quot;.</translation>
    </message>
</context>
<context>
    <name>StampedLine</name>
    <message>
        <source>评标报告和评标日志已由时间戳服务机构盖时间戳（{when}）。</source>
        <translation>A time-stamping authority has stamped the report and the log ({when}).</translation>
    </message>
    <message>
        <source>评标报告已由时间戳服务机构盖时间戳（{when}）。</source>
        <translation>A time-stamping authority has stamped the report ({when}).</translation>
    </message>
    <message>
        <source>评标日志已由时间戳服务机构盖时间戳（{when}）。</source>
        <translation>A time-stamping authority has stamped the log ({when}).</translation>
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
    <name>SupervisorPage</name>
    <message>
        <source>评标进程</source>
        <translation>Course</translation>
    </message>
    <message>
        <source>异常与未生效</source>
        <translation>Alarms, no effect</translation>
    </message>
    <message>
        <source>日志与检查点</source>
        <translation>Log, checkpoint</translation>
    </message>
    <message>
        <source>评分表</source>
        <translation>Score sheets</translation>
    </message>
    <message>
        <source>稳健性分析</source>
        <translation>Robustness</translation>
    </message>
    <message>
        <source>未公开</source>
        <translation>Sealed</translation>
    </message>
    <message>
        <source>评标已结束：可核对日志并签署检查点。</source>
        <translation>The evaluation is over: check the log and co-sign the checkpoint.</translation>
    </message>
    <message>
        <source>有回退申请：请核对原因，决定是否批准。</source>
        <translation>A roll-back is asked for: look at the ground and decide.</translation>
    </message>
    <message>
        <source>请参与随机抽取：点击“参与抽取”，用证书签名。</source>
        <translation>Take part in the draw: press “Take part” and sign with your certificate.</translation>
    </message>
    <message>
        <source>上一环节已结束：可签署已核验的检查点。</source>
        <translation>A stage has ended: the verified checkpoint can be co-signed.</translation>
    </message>
    <message>
        <source>无须操作：在线监督，评审内容在全体评委封存前不可见。</source>
        <translation>Nothing to do: watch; no opinion can be seen before all members have sealed.</translation>
    </message>
</context>
<context>
    <name>Surroundings</name>
    <message numerus="yes">
        <source>您在先前席位填写的内容（%n 项）在换席位之后才到达，尚未生效；采用后并入现在的草稿。</source>
        <translation>
            <numerusform>What you filled in at your former seat (%n part) arrived after you had moved and has no effect yet. Adopt it to make it part of your drafts.</numerusform>
            <numerusform>What you filled in at your former seat (%n parts) arrived after you had moved and has no effect yet. Adopt it to make it part of your drafts.</numerusform>
        </translation>
    </message>
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
        <source>项目指纹：{fingerprint}</source>
        <translation>Fingerprint: {fingerprint}</translation>
    </message>
    <message>
        <source>登录时的证书：{state}</source>
        <translation>Certificate at sign-in: {state}</translation>
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
        <source>练习</source>
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
<context>
    <name>WatchSection</name>
    <message>
        <source>回退申请</source>
        <translation>Requests to go back</translation>
    </message>
    <message>
        <source>环节</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>结束时间</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>结束人</source>
        <translation>By</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>场地</source>
        <translation>Site</translation>
    </message>
    <message>
        <source>席位</source>
        <translation>Seat</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>人员与场地</source>
        <translation>People and sites</translation>
    </message>
    <message>
        <source>已结束的环节</source>
        <translation>Stages that have ended</translation>
    </message>
    <message>
        <source>当前环节：{stage}</source>
        <translation>Stage: {stage}</translation>
    </message>
    <message>
        <source>第 {number} 轮</source>
        <translation>Round {number}</translation>
    </message>
    <message>
        <source>本环节所需的记录已齐备，可以结束。</source>
        <translation>Every record this stage needs is there; it can end.</translation>
    </message>
    <message>
        <source>场地就绪</source>
        <translation>Site ready</translation>
    </message>
    <message>
        <source>场地未确认</source>
        <translation>Site not ready</translation>
    </message>
    <message>
        <source>{name}（场地管理员）</source>
        <translation>{name} (administrator)</translation>
    </message>
    <message>
        <source>需要回避</source>
        <translation>Conflict</translation>
    </message>
    <message>
        <source>已申请更换</source>
        <translation>To be replaced</translation>
    </message>
    <message>
        <source>在场</source>
        <translation>Here</translation>
    </message>
    <message>
        <source>未签到</source>
        <translation>Not arrived</translation>
    </message>
    <message>
        <source>{name}（组长）</source>
        <translation>{name} (leader)</translation>
    </message>
</context>
<context>
    <name>WitnessCard</name>
    <message>
        <source>评委本人证书当日不能使用时：评委在席位上生成申请文件，由您核验身份并登记，组织方另行核验后签发。</source>
        <translation>When a member’s own certificate cannot be used today: a request is made at the member’s seat, you check the identity and record it, the organiser checks again and has the certificate issued.</translation>
    </message>
    <message>
        <source>评委的申请文件</source>
        <translation>The member’s request file</translation>
    </message>
    <message>
        <source>申请文件 (*.csr *.pem)</source>
        <translation>Requests (*.csr *.pem)</translation>
    </message>
    <message>
        <source>不能使用的原因</source>
        <translation>Why it cannot be used</translation>
    </message>
    <message>
        <source>签名登记核验</source>
        <translation>Sign: identity witnessed</translation>
    </message>
</context>
</TS>
