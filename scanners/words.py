"""列名の語 (words of column names): what the parts of a header mean, in the order they are said.

Japanese, English and romaji put the thing last and whose it is before: 担当者名, ``customer_name``,
``kokyaku_mei``. So a word either says *what* a value is (an entity, a name, a key, a date) or
*whose* (a person, somebody merely mentioned, an organisation, a thing). The longest word wins, so
that 会社名 is never read as 会 + 社名 and ``hotel`` holds no ``tel``.

Words are folded, in lower case, without separators. Identification codes are not listed here:
their recognizers know their own headers.
"""

from __future__ import annotations

from scanners.finding import Entity
from scanners.sense import Sense

_ENTITIES = {
    Entity.PERSON: """
        氏名 姓名 お名前 御名前 苗字 名字 姓 氏 旧姓 ファーストネーム ラストネーム フルネーム
        ニックネーム 人名 fullname firstname lastname middlename familyname givenname surname
        forename personname realname nickname maidenname lname fname shimei simei seimei myoji
        sei namae onamae displayname 署名 署名者 名義 名義人 口座名義 カード名義 cardholder
        cardname holdername シメイ セイ メイ せい めい ミョウジ
        """,
    Entity.DATE_OF_BIRTH: """
        生年月日 誕生日 お誕生日 出生日 出生年月日 生まれ セイネンガッピ birthday birthdate
        dateofbirth dayofbirth birthymd birthdt birthyyyymmdd dob seinengappi seinengapi
        tanjobi tanjoubi bday bdate umarebi 生日 生月日
        """,
    Entity.EMAIL_ADDRESS: """
        email emailaddress emailaddr eメール eメールアドレス メール メールアドレス 電子メール
        電子メールアドレス メアド mail mailaddress mailaddr
        """,
    Entity.PHONE_NUMBER: """
        電話番号 電話 でんわ 携帯電話番号 携帯番号 携帯電話 携帯 固定電話 tel telno telnumber
        telephone phone phoneno phonenumber mobile mobilephone cellphone cellular cell fax
        faxno faxnumber ファックス ファクス 電話fax denwa denwabango keitai keitaibango
        連絡先電話番号 代表番号 代表電話 デンワ デンワバンゴウ ケイタイ 直通 直通番号 直通電話
        """,
    Entity.JP_ADDRESS: """
        住所 現住所 所在地 自宅住所 居住地 居所 本籍 本籍地 送付先住所 address addr streetaddress
        jusho juusho jyusho jyuusho shozaichi 番地 建物名 建物 町域 丁目 マンション名 street
        addressline ジュウショ お住まい 住まい 町名番地 町域番地 丁目番地
        """,
    Entity.JP_POSTAL_CODE: """
        郵便番号 郵便 〒 postal postalcode postcode postcd postno zip zipcode yubin yuubin
        yubinbango yuubinbangou yubinno ユウビンバンゴウ
        """,
    Entity.GENDER: "性別 性 性別区分 セイベツ gender sex seibetsu 男女",
    Entity.AGE: "年齢 年令 満年齢 ネンレイ age nenrei yearsold",
}

_SENSES = {
    Sense.PERSON: """
        顧客 お客様 お客さま 御客様 客 会員 メンバー ユーザー ユーザ 利用者 使用者 患者 受診者
        学生 生徒 児童 園児 受講者 受講生 応募者 申込者 申込人 申請者 契約者 被保険者 購入者
        注文者 予約者 来場者 参加者 本人 個人 住民 世帯主 世帯員 入居者 借主 寄付者
        寄附者 求職者 候補者 加入者 人 者 様 得意客 読者 回答者 相談者 卒業生 選手 故人 死亡者
        被相続人 入所者 乗客 組合員 株主 ドナー 診察券 学籍 受験 応募 customer customers client user
        users member members patient student pupil applicant candidate subscriber person
        individual guest visitor resident passenger buyer purchaser shopper insured donor
        consumer cust respondent participant attendee contactperson kokyaku kaiin riyosha
        riyousha kanja gakusei seito oubosha obosha keiyakusha honnin okyaku okyakusama jumin
        ドライバー 運転者 旅客 渡航者 来訪者 来場客 相続人 受給者 受益者 債務者 借入人 賃借人 被災者
        driver traveler traveller tenant renter lessee borrower debtor claimant beneficiary heir
        alumnus alumni graduate donator contributor reader caller complainant voter citizen
        inhabitant nationals insuree hihokensha kifusha sankasha nyukyosha sotsugyosei
        kaitosha ryokaku unten
        """,
    Sense.STAFF: """
        社員 従業員 職員 スタッフ 行員 教員 講師 教師 医師 看護師 派遣社員 パート アルバイト
        employee employees staff teacher doctor nurse emp worker personnel shain jugyoin jugyouin
        juugyouin shokuin
        """,
    Sense.MENTION: """
        担当 担当者 ご担当者 営業担当 営業 紹介者 紹介 送信者 受信者 差出人 宛先 受取人 受取
        届け先 届先 お届け先 配送先 発送先 送り主 送付先 請求先 贈り主 緊急連絡先 緊急時連絡先
        緊急 保護者 親権者 家族 配偶者 父 母 親 扶養親族 扶養者 被扶養者 同居人 保証人
        連帯保証人 代理人 後見人 承認者 作成者 更新者 登録者 登録担当者 入力者 記入者 確認者 責任者
        店長 代表者 代表 社長 上司 上長 主治医 担任 著者 作者 監督 出演者 訳者 発行者 面接官
        対応者 受付者 相手 相手先 受付担当 by assignee assigned assignedto owner author sender
        recipient receiver referrer referer billto billing introducer guardian parent spouse
        emergency emergencycontact approver creator editor reviewer reporter manager supervisor
        representative operator agent handler registrar shipto shipping delivery salesperson
        salesrep rep from to cc bcc replyto tanto tantou tantosha tantousha hogosha shokaisha
        personincharge incharge
        """,
    Sense.ORGANISATION: """
        会社 会社名 本社 企業 企業名 法人 法人名 社名 団体 団体名 組織 組織名 店 店舗 店名 支店
        本店 営業所 事業所 事務所 施設 工場 倉庫 学校 大学 高校 病院 医院 診療所 薬局 銀行
        金融機関 官公庁 自治体 市区町村 市町村 都道府県 都道府県名 県 県名 市 市名 区 町 村 国
        国名 地域 地区 エリア 駅 駅名 勤務先 勤め先 取引先 仕入先 得意先 納品先 販売店 代理店
        保険者 hokensha insurer 業者 メーカー ブランド 発注先 委託先 ホテル 旅館 球団 チーム 屋号
        商号 貴社 御社 company
        companies corp corporate corporation organization organisation org store stores shop
        office branch facility factory warehouse school university college hospital clinic
        pharmacy bank vendor supplier maker manufacturer brand partner merchant hotel restaurant
        station prefecture pref city town village state country region area municipality lgcode
        capital site venue team business employer lender issuer carrier property kaisha tenpo
        mise shiten kigyo jigyosho todofuken shikuchoson
        """,
    Sense.THING: """
        商品 商品名 製品 製品名 品 品名 品目 品番 型番 型式 機種 部品 物 物件 物件名 項目 項目名
        科目 科目名 分類 分類名 区分 区分名 種別 種類 カテゴリ カテゴリー カテゴリ名 件 題 書
        書籍 書名 本 曲 曲名 作品 名称 略称 品種 薬剤 薬品 医薬品 病名 傷病名 疾患 検査 処方
        成分 案件 プロジェクト イベント キャンペーン サービス プラン コース 講座 研修 資格
        企業年金 年金基金 確定拠出年金 年金事務所
        ファイル フォルダ シート テーブル 列 行 カラム システム サーバ サーバー ホスト ホスト名
        ドメイン 端末 機器 装置 設備 センサー センサ 計測 ログ 車 車両 車種
        路線 注文 受注 発注 伝票 請求 請求書 納品 見積 見積書 契約 予約 取引 レシート 領収書 売上
        明細 在庫 入荷 出荷 配送 荷物 問合せ
        問い合わせ お問い合わせ 申込 申請 受付 証券 保険 口座 通帳 ロット バージョン 写真 画像
        動画 url サイト ページ アカウント種別 用語 語 色 ポイント クーポン 単位 規格 言語 銘柄
        競走馬 馬 犬 猫 ペット 動物 product products item items goods sku category categories
        file files folder sheet table column field host hostname server domain device machine
        sensor equipment asset log logs model part order orders invoice receipt reservation
        booking ticket contract transaction
        payment purchase shipment project event campaign service plan course class version lot
        batch type kind kbn status group tag role permission session request response page uri link
        image photo video color size unit currency language term word vehicle car route line policy
        job task report visit login account application
        applications ip ipaddress mac macaddress useragent browser os app content
        album track song book movie genre pet shohin seihin hinmoku hinmei bunrui kubun
        """,
    Sense.UNIT: """
        部署 部署名 所属 所属名 所属部署 部門 部門名 部 課 課名 係 役職 役職名 職位 職種 肩書
        肩書き department dept division section position jobtitle post busho yakushoku shozoku
        """,
    Sense.NAME: "名 名前 なまえ ナマエ ネーム name names nm mei",
    Sense.READING: """
        カナ かな 仮名 フリガナ ふりがな フリカナ ふりかな カタカナ ひらがな よみ 読み ヨミ
        読み仮名 よみがな ヨミガナ よみかな ローマ字 ローマ字表記 kana katakana hiragana
        furigana hurigana yomi yomigana romaji phonetic en english 英字 英語 roman
        """,
    Sense.KEY: """
        id ids no num number 番号 ナンバー コード code cd key キー uid uuid guid seq 連番 nbr
        通番 整理番号 管理番号 bango bangou identifier ナンバ 通し番号 識別子 sn pk
        """,
    Sense.BIRTH: "birth 誕生 出生 生年 生まれた 生れ 生れた born umare umareta tanjo tanjou",
    Sense.OPAQUE: "token トークン hash hashes ハッシュ ハッシュ値 digest ダイジェスト salt ソルト",
    Sense.DATE: """
        日 日付 日時 年月日 年月 月日 時刻 時間 期日 期限 期間 年 月 年度 登録日 更新日 作成日
        入社日 退社日 date day datetime time timestamp at on ymd dt year month hour epoch week
        hi hizuke nengappi created updated deleted modified opened closed
        """,
    Sense.CONTACT: "連絡先 ご連絡先 連絡方法 contact contactinfo contacts renrakusaki",
    Sense.FREE: """
        件名 題名 題目 タイトル 標題 表題 ファイル名 パス 備考 メモ 覚書 コメント 内容 本文 詳細
        説明 摘要 自由記述 自由記入 ご意見 意見 要望 ご要望 感想 特記事項 注記 経緯 対応 履歴
        理由 質問 回答 文 文章 概要 subject title filename filepath path message note notes memo
        comment comments remark remarks description desc detail details body text
        contents message feedback inquiry question answer summary reason biko bikou
        """,
    Sense.AMOUNT: """
        金額 価格 単価 原価 数 数量 個数 人数 件数 回数 率 合計 小計 税 税込 税抜 残高 順位 緯度
        経度
        面積 身長 体重 点数 得点 額 年収 月収 給与 people peoplenum price cost amount amt total
        quantity qty count cnt sum rate tax latitude longitude lat lng lon score point points
        height weight length width thickness balance kingaku kin gaku suryo
        """,
    Sense.OTHER: """
        フラグ 有無 可否 順 ランク レベル 状態 状況 ステータス 血液型 国籍 続柄 学歴 職業 業種
        flag flg is has rank level password passwd pass secret preferred tier phrase
        hashed enc encrypted crypt crypted encoded md5 sha sha1 sha256 sha512 bcrypt argon2 scrypt
        browserfingerprint devicefingerprint keyfingerprint sshfingerprint certfingerprint
        certificatefingerprint sslfingerprint
        暗号 暗号化 暗号文 平文 plaintext
        """,
    Sense.VALUE: "value values formatted アドレス 文字列",
    Sense.SMALL: """
        の と 別 用 欄 名簿 現 新 旧 主 副 第 他 その他 情報 データ 一覧 リスト 表 台帳 マスタ
        基本 基礎 属性 プロフィール
        マスター 登録 更新 作成 最新 前 後 元 先 漢字 全角 半角 文字 表示 入力 必須 任意 自宅 お
        ご 御 ※ of the and my your our new old main sub primary secondary alt alternate home
        work other info data list master mst tbl kanji full current latest original raw short ja
        jp jpn us first last middle family given nick real in for a an
        西暦 和暦 元号 wareki seireki yyyymmdd yyyymm yyyy mm dd
        """,
}

#: Every word with what it says. Where a word stands in two lists, the earlier list has it.
WORDS: dict[str, Sense | Entity] = {}
for _entity, _listed in _ENTITIES.items():
    WORDS.update(dict.fromkeys(_listed.split(), _entity))
for _sense, _listed in _SENSES.items():
    WORDS.update(dict.fromkeys(set(_listed.split()) - WORDS.keys(), _sense))
