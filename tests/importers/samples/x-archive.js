window.YTD.tweets.part0 = [
 {
  "tweet": {
   "id_str": "1",
   "created_at": "Sat Mar 01 12:31:05 +0000 2025",
   "favorite_count": "12",
   "retweet_count": "3",
   "full_text": "下雨了 &amp; 好安静 #雨 https://t.co/demo000001"
  }
 },
 {
  "tweet": {
   "id_str": "2",
   "created_at": "Sun Mar 02 12:31:05 +0000 2025",
   "full_text": "很长的日记… https://t.co/demo000002"
  }
 },
 {
  "tweet": {
   "id_str": "3",
   "full_text": ""
  }
 }
]