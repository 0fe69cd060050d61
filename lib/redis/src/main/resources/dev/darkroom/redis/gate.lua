-- The gate of one quota, shared by a fleet: who may send, and when. Time is this server's alone; everybody else sends and gets
-- durations. The law is a mirror of the gateway's bucket, like the one in an application's memory (decision record 28 says what
-- is the same and what is not).
--
-- Units are let go in the order of their places: a place is the number of units reserved before it. Two curves say how many have
-- been let go: a, the bucket, and b, the pace at which saved units may be spent. Both stand still while the gate is shut, so that
-- places outlast a closing. Who holds a place computes when its turn comes, and hears on the channel when that changes.
--
-- KEYS: the gate, its instances. ARGV: what, who, then what that needs. Answers one line, see word().
local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local key, what, who = KEYS[1], ARGV[1], ARGV[2]

local DAY = 86400000
local LONGEST_CLOSING = 31 * DAY
local QUIET = 600000
local WINDOW = 300 -- so long is an answer awaited at the start, where nothing is known
local WIDEST = 1000000
local CATCH_UP = 1.44
local WORTH_TELLING = 1.1
local ODD_PROBE = 7 -- acceptances
local MOST_AT_FIRST = 0.25
local OUTAGE = 25 -- units that were due in a closing and not taken: no quota does that
local LONGEST_WINDOW = 60000 -- a quota that is counted by the minute may refuse for so long, and not say so

local FIELDS = {
  'born', 'seq', 'epoch', 'shut', 'until', 'since', 'asked', 'doublings', 'lease', 'refusals', 'refusedAt', 'learned',
  'tail', 'places', 'gone', 'a', 'b', 'at', 'cap', 'window', 'rate', 'from', 'grown', 'units', 'open',
  'pastUnits', 'pastCalls', 'pastTime', 'basis', 'doubt', 'reopened', 'told', 'instances',
  'noise', 'suspicions', 'suspected', 'trusted', 'taken', 'refused', 'score', 'unrefused', 'takenBefore', 'refusedBefore', 'refusedSent',
  'first', 'regained', 'probe'}
local read = redis.call('HMGET', key, unpack(FIELDS))
local s = {}
for i = 1, #FIELDS - 1 do
  s[FIELDS[i]] = tonumber(read[i] or 0)
end
s.probe = read[#FIELDS] or ''

local function arg(i) return tonumber(ARGV[i]) end

local function begin() -- nothing is known of the quota
  s.rate, s.window, s.cap, s.learned, s.refusals = 0, 2, 2, 0, 0
  s.units, s.open, s.grown, s.basis = 0, 0, 0, 2
  s.noise, s.suspicions, s.suspected, s.regained = 0, 0, 0, 0
end

local fresh = s.born == 0
if fresh then
  s.born, s.epoch, s.at, s.refusedAt, s.instances = math.floor(now), math.floor(now), now, now, 1
  begin()
  s.a = s.cap
end

local function speed() -- units a millisecond
  return s.rate > 0 and s.rate or s.window / WINDOW
end

local function cost() -- of a call, on the average
  return s.places > 0 and s.tail / s.places or 1
end

local function gone() -- units let go
  local units = math.min(s.tail, s.a)
  return s.rate > 0 and math.min(units, s.b + 1) or units
end

local function widen(each, calls) -- by a whole one a call until half of what it was before a refusal is regained
  s.window = math.min(WIDEST, s.window + (s.window < s.regained and 1 or each) * calls)
end

local function outgrown() -- what was accepted at a third of the rate says less of the limit
  s.pastUnits, s.pastCalls, s.pastTime = s.units, s.units / cost(), s.open
  s.units, s.open, s.from = 0, 0, s.rate
end

local function grow(calls)
  if s.rate == 0 then
    widen(math.min(0.35, 1.15 / s.window), calls)
  elseif s.a - s.tail < 2 * cost() then -- a fuller bucket would have let them go earlier
    s.grown = s.grown + calls
    local step = 0.38 * s.basis ^ -1.5 * 2 ^ math.max(0, s.grown / s.basis - 1)
    s.rate = s.rate * (1 + math.min(0.05, step)) ^ calls
    if s.rate > 3 * s.from then outgrown() end
  end
end

-- Refusals that do not depend on what is sent: a cut that was no cure is suspicious, enough of that is noise, and then only the
-- refused call waits. Page's test finds the limit again.
local function share(worse)
  local share = math.max(0.01, math.min(0.6, s.refused / (s.taken + s.refused)))
  local odds = (worse and 3 or 1) * share / (1 - share)
  return odds / (1 + odds)
end

local function fade()
  local all = s.taken + s.refused
  if all > 65 then s.taken, s.refused = s.taken * 65 / all, s.refused * 65 / all end
end

local function relieve(by)
  s.suspicions = math.max(0, s.suspicions - by)
  if s.suspicions == 0 then s.suspected = 0 end
end

local function countFromHere()
  s.units, s.open, s.pastUnits, s.pastCalls, s.pastTime, s.from = 0, 0, 0, 0, 0, s.rate
end

local function takenAmidNoise(calls)
  s.score = math.max(0, s.score + calls * math.log((1 - share(true)) / (1 - share())))
  s.taken = s.taken + calls
  fade()
  s.unrefused = s.unrefused + calls
  if s.unrefused > 5 / share() then
    s.unrefused, s.refused, s.suspicions, s.suspected = 0, s.refused / 2, 0, 0
    s.refusedBefore = math.min(s.refusedBefore, s.refused)
    if s.refused < 0.01 * (s.taken + s.refused) then s.noise = 0 end
  end
  if s.score == 0 then
    s.takenBefore, s.refusedBefore = s.taken, s.refused
    countFromHere()
  end
end

local function refusedByChance() -- whether it is, and not a limit
  s.unrefused = 0
  s.score = s.score + math.log(share(true) / share())
  s.taken, s.refused = math.max(0, s.taken - 1), s.refused + 1
  fade()
  if s.refused > 0.35 * (s.taken + s.refused) and s.taken + s.refused > 30 then -- whatever it is, it costs too many attempts
    s.noise, s.suspicions, s.suspected = 0, 0, 0
    return false
  end
  if s.score < 5 then return true end
  s.score, s.taken, s.refused = 0, s.takenBefore, s.refusedBefore
  return false
end

local function believe() -- if there is enough to do so
  if s.noise == 1 or s.suspected < 20 then return false end
  s.noise, s.taken, s.score, s.unrefused = 1, s.suspected, 0, 0
  s.refused = math.min(s.suspicions, MOST_AT_FIRST * s.suspected) -- what was odd is no fair share of all
  s.takenBefore, s.refusedBefore = s.taken, s.refused
  s.rate = math.max(s.rate, s.trusted)
  countFromHere()
  return true
end

local function isSpared() -- nobody else has to wait for this refusal
  if s.noise == 1 then return refusedByChance() end
  if s.rate == 0 then return false end
  local calls = s.units / cost()
  if calls >= 2 * s.basis then
    relieve(3)
  elseif calls <= 0.5 * s.basis then
    s.suspicions, s.suspected = s.suspicions + 1, s.suspected + calls
    if believe() then return true end
  end
  if s.suspicions == 0 then s.trusted = s.rate end
  return false
end

local function advance()
  local passed = math.max(0, now - s.at)
  s.at = now
  if s.shut == 1 then return end
  if s.rate > 0 and now - s.refusedAt > QUIET then
    begin()
    s.a = math.max(s.a, s.tail)
  end
  if s.rate == 0 then
    s.cap = math.floor(s.window)
    s.a = math.min(s.tail + s.cap, s.a + speed() * passed)
    s.open = s.open + passed
    if s.open > 60000 then s.open, s.units = s.open / 2, s.units / 2 end
  else
    local doubted = now - s.reopened - s.doubt
    if doubted > 0 then s.rate = s.rate * 2 ^ (math.min(passed, doubted) / s.doubt) end
    s.open = s.open + math.max(0, math.min(passed, (s.tail + s.cap - s.a) / s.rate))
    s.a = math.min(s.tail + s.cap, s.a + s.rate * passed)
    s.b = math.min(s.tail, s.b + CATCH_UP * s.rate * passed)
  end
  local went = gone() - s.gone -- with those that were let go at once
  s.gone = s.gone + went
  if went > 0 then
    s.units = s.units + went
    grow(went / cost())
    if s.noise == 1 then takenAmidNoise(went / cost()) end
  end
end

local function word()
  return string.format('%.0f %.0f %.0f %d %.3f %.3f %d %.9f %.6f %.6f %.3f %d %d', s.born, s.seq, s.epoch, s.shut,
    math.max(0, s['until'] - now), math.max(0, s.lease - now), s.rate > 0 and 1 or 0, speed(), s.a, s.b, s.cap, s.instances, s.noise)
end

local function tell()
  s.told, s.seq = speed(), s.seq + 1
  redis.call('PUBLISH', key, '- ' .. word())
end

local function outage() -- how much of the closing says nothing of the quota
  local longer = s.asked - s.since - s.first
  local believed = s.rate
  if s.rate == 0 and s.units >= OUTAGE then believed = s.units / math.max(100, s.open + s.first) end
  return believed * longer >= OUTAGE and longer or 0
end

local function reopen(spent)
  local closed, out = s.asked - s.since, outage()
  s.from = s.rate
  local calls = s.units / cost()
  if s.learned == 0 and (calls <= 2 or (s.refusals == 1 and calls > 100)) then
    s.open, s.regained, s.window, s.cap = s.open + closed, s.window / 2, 1, 1 -- says nothing of a rate
  else
    local time = math.max(100, s.open + closed)
    if s.rate == 0 then
      s.pastUnits, s.pastCalls, s.pastTime = s.units, calls, time
      s.rate = math.max(s.units, spent) / (time - out)
    else
      s.pastCalls = s.pastCalls * 0.45 + math.max(1, calls - 1)
      s.pastUnits = s.pastUnits * 0.45 + math.max(1, s.units - spent)
      s.pastTime = s.pastTime * 0.45 + time
      s.rate = math.min(s.rate * (1 - math.min(0.4, 0.5 / math.sqrt(s.pastCalls))), s.pastUnits / (s.pastTime - out))
    end
    if s.noise == 1 then s.rate = math.max(s.rate, s.from / 2) end -- an alarm may be false
    s.rate = math.max(1 / 60000, s.rate)
    s.basis = math.max(2, math.min(40, s.pastCalls), s.noise == 1 and 2 / share() or 0)
    s.doubt = math.max(11000, math.min(120000, 1.2 * s.pastTime))
    s.cap = math.max(1, 0.8 * s.rate * (closed - out))
    s.b = s.a
    s.a = s.a + s.cap - spent
    s.units, s.open, s.grown, s.from, s.reopened = spent, 0, 0, s.rate, now
  end
  s.shut, s.probe, s.lease, s.learned, s.refusals, s.doublings = 0, '', 0, 1, 0, 0
end

local function delay(hint, luck)
  local doubled = 2 ^ math.min(10, s.doublings)
  if hint > 0 then
    return hint + luck * math.min(1.5 * hint * (doubled - 1), math.max(30000, 1.5 * hint))
  end
  return math.min(30000, doubled * (s.rate > 0 and math.max(1000, 2 / s.rate) or 1000))
end

local function refuse(epoch, hint, luck, jitter, spent, age)
  s.refusals, s.refusedAt = s.refusals + 1, now
  local probe = s.shut == 1 and s.probe == who
  if not probe then s.units = math.max(0, s.units - spent) end
  if epoch >= s.epoch or epoch < s.born then -- sent since the gate last closed
    if s.shut == 1 then
      s.doublings = s.doublings + 1
      if s.noise == 0 then
        local odd = probe and hint > 0 and s.doublings == 1 -- the whole fleet has waited for as long as was asked, and one came
        s.suspicions, s.suspected = s.suspicions + 1, s.suspected + (odd and ODD_PROBE or 1)
      end
    elseif isSpared() then
      return
    else
      s.refusedSent = now - age
      s.doublings, s.since, s.asked, s.shut = 0, now, now, 1
      s.open = math.max(0, s.open - age)
      s.a, s.b = s.gone, s.gone
    end
    s.epoch = s.epoch + 1
  elseif s.noise == 1 and s.shut == 0 then
    return
  elseif s.noise == 0 and epoch == s.epoch - 1 and now - age > s.refusedSent then
    relieve(1)
  end
  if probe then s.probe, s.lease = '', 0 end
  local d = delay(math.min(LONGEST_CLOSING, hint), luck)
  s.asked = math.max(s.asked, now + d)
  if hint <= 0 then s.first = math.min(s.asked - s.since, LONGEST_WINDOW)
  elseif s.doublings == 0 then s.first = s.asked - s.since end
  s['until'] = math.max(s['until'], now + d + jitter * 0.1 * math.max(200, math.min(2000, d)))
  tell()
end

local function turn(born, place, wanted, lease)
  if born ~= s.born then place = -1 end
  if place < 0 and wanted > 0 then
    place = s.tail
    s.tail, s.places = s.tail + wanted, s.places + 1
  end
  if wanted == 0 or s.shut == 0 or s['until'] > now or (s.lease > now and s.probe ~= who) then
    return place
  end
  s.probe, s.lease = who, now + lease
  if place <= s.a and s.a < place + wanted then -- the first in line, who passes now
    s.a, s.b, s.gone = place + wanted, place + wanted, place + wanted
  elseif place + wanted == s.tail then
    s.tail, s.places = place, s.places - 1
  end
  tell()
  return -1
end

local function give(born, place, units)
  if born ~= s.born then return end
  if place >= 0 and place + units == s.tail then
    s.tail, s.places = place, s.places - 1
  else
    s.a = s.a + units
  end
end

advance()
local place = -2
if what == 'turn' then
  if s.rate == 0 then widen(0.1, arg(7)) end
  if fresh or arg(8) > 0 then
    redis.call('ZADD', KEYS[2], now + arg(8), ARGV[9])
    redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
    redis.call('PEXPIRE', KEYS[2], DAY)
    redis.call('PEXPIRE', key, DAY)
    s.instances = redis.call('ZCARD', KEYS[2])
  end
  place = turn(arg(3), arg(4), arg(5), arg(6))
  if s.tail > s.a and speed() > WORTH_TELLING * s.told then tell() end
elseif what == 'refused' then
  refuse(arg(3), arg(4), arg(5), arg(6), arg(7), arg(8))
elseif s.shut == 1 and s.probe == who then
  if what == 'accepted' then
    reopen(arg(3))
    tell()
  elseif what == 'renew' then
    s.lease = now + arg(3)
    tell()
  elseif what == 'left' then
    s.probe, s.lease = '', 0
    tell()
  end
end
if what == 'back' then give(arg(3), arg(4), arg(5)) end

local changed = {}
for i = 1, #FIELDS do
  local value = s[FIELDS[i]]
  if fresh or value ~= (i == #FIELDS and (read[i] or '') or tonumber(read[i] or 0)) then
    changed[#changed + 1] = FIELDS[i]
    changed[#changed + 1] = value
  end
end
if #changed > 0 then redis.call('HSET', key, unpack(changed)) end
if fresh then redis.call('PEXPIRE', key, DAY) end
return string.format('%.6f ', place) .. word()
