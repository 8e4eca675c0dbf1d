-- Requests of a scenario, prepared beforehand: wrk -s requests.lua URL -- flags|identities|document|mix
-- A thousand people of a few plans, apps and countries, one in ten of them without a name; the same ones every time.
local environments = { "workload-small", "workload-plain", "workload", "workload" }
local prepared = {}
local at = 0

local function person(random)
  local traits = {}
  local function trait(key, value) traits[#traits + 1] = '{"trait_key":"' .. key .. '","trait_value":' .. value .. '}' end
  trait("plan", '"' .. ({ "free", "free", "free", "pro", "enterprise" })[random(5)] .. '"')
  trait("age", tostring(17 + random(60)))
  if random(2) == 1 then trait("country", '"' .. ({ "DE", "GB", "US", "BR", "IN" })[random(5)] .. '"') end
  if random(2) == 1 then trait("app_version", '"' .. random(3) .. "." .. random(20) .. '.0"') end
  if random(4) == 1 then trait("beta", "true") end
  -- One in five has what the segments of the documents look at.
  if random(5) == 1 then
    for i, value in ipairs({ '"yes"', "10", '"bar"', '"b"', '"perhaps"', "17", '"hello"' }) do trait("trait_" .. (i - 1), value) end
  end
  local identifier = random(10) == 1 and "" or '"identifier":"user-' .. random(100000) .. '",'
  return "{" .. identifier .. '"traits":[' .. table.concat(traits, ",") .. "]}"
end

local function add(kind, environment, body, coding)
  local headers = { ["X-Environment-Key"] = kind == "document" and "ser." .. environment or environment, ["Accept-Encoding"] = coding }
  if kind == "flags" then prepared[#prepared + 1] = wrk.format("GET", "/api/v1/flags/", headers) end
  if kind == "document" then prepared[#prepared + 1] = wrk.format("GET", "/api/v1/environment-document/", headers) end
  if kind == "identities" then
    headers["Content-Type"] = "application/json"
    prepared[#prepared + 1] = wrk.format("POST", "/api/v1/identities/", headers, body)
  end
end

function init(arguments)
  local scenario = arguments[1]
  local state = 20261122
  local function random(most) -- the same on every machine
    state = (state * 1103515245 + 12345) % 2147483648
    return math.floor(state / 65536) % most + 1
  end
  for i = 1, 1000 do
    local environment = environments[random(#environments)]
    local coding = ({ "gzip", "gzip, deflate, br", "identity" })[random(3)]
    local kind = scenario
    if scenario == "mix" then kind = i % 100 == 0 and "document" or i % 5 == 0 and "flags" or "identities" end
    add(kind, environment, person(random), coding)
  end
end

function request()
  at = at % #prepared + 1
  return prepared[at]
end
