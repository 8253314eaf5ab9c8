-- A session of Neovim's own language client: what it shows, a code action carried out, and undone.
-- Environment: WEFT, the program; ROOT, the tree. Prints a transcript.
local weft, root = os.getenv('WEFT'), os.getenv('ROOT')
local file = root .. '/app/greet.py'

local function say(...) io.stdout:write(string.format(...) .. '\n') end
local function wait(what, good) if not vim.wait(60000, good, 20) then say('no %s', what) vim.cmd('cquit') end end
local function shown(buffer)
  local rows = {}
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(rows, string.format('%d:%d %s: %s', d.lnum + 1, d.col + 1, d.source, d.message))
  end
  return table.concat(rows, '\n')
end
local function text(name) return table.concat(vim.api.nvim_buf_get_lines(vim.fn.bufadd(root .. '/' .. name), 0, -1, false), '\n') end

vim.cmd('edit ' .. vim.fn.fnameescape(file))
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({ cmd = { weft, 'lsp' }, root_dir = root,
  workspace_folders = { { uri = vim.uri_from_fname(root), name = root } } })
vim.lsp.buf_attach_client(buffer, client)
wait('diagnostics', function() return #vim.diagnostic.get(buffer) > 0 end)
say('diagnostics:\n%s', shown(buffer))

local params = { textDocument = vim.lsp.util.make_text_document_params(buffer), context = { diagnostics = {} },
  range = { start = { line = 4, character = 20 }, ['end'] = { line = 4, character = 20 } } }
local answer = vim.lsp.buf_request_sync(buffer, 'textDocument/codeAction', params, 60000)[client]
for _, action in ipairs(answer.result) do say('action: %s', action.title) end
local resolved = vim.lsp.buf_request_sync(buffer, 'codeAction/resolve', answer.result[1], 60000)[client]
vim.lsp.util.apply_workspace_edit(resolved.result.edit, 'utf-16')
say('after the action:\n%s\n--\n%s', text('app/greet.py'), text('app/web.py'))
vim.cmd('silent wall')
wait('end of the diagnostics', function() return #vim.diagnostic.get(buffer) == 0 end)
say('diagnostics:\n%s', shown(buffer))

for _, name in ipairs({ 'app/greet.py', 'app/web.py' }) do
  vim.cmd('silent buffer ' .. vim.fn.bufadd(root .. '/' .. name))
  vim.cmd('silent undo')
end
vim.cmd('silent wall')
wait('diagnostics again', function() return #vim.diagnostic.get(buffer) > 0 end)
say('after undo:\n%s\ndiagnostics:\n%s', text('app/greet.py'), shown(buffer))

-- A rule file: a name of the tree is completed by the editor's own omnifunc, and a key is explained.
vim.cmd('silent edit ' .. vim.fn.fnameescape(root .. '/weft.yml'))
local rules = vim.api.nvim_get_current_buf()
vim.lsp.buf_attach_client(rules, client)
local at = vim.fn.search('symbol: app.config.settings')
vim.api.nvim_buf_set_lines(rules, at - 1, at, false, { '    symbol: app.config.s' })
vim.api.nvim_win_set_cursor(0, { at, 24 })
local place = vim.lsp.util.make_position_params(0, 'utf-16')
local offered = vim.lsp.buf_request_sync(rules, 'textDocument/completion', place, 60000)[client].result
for _, item in ipairs(offered.items) do say('offered: %s', item.label) end
vim.lsp.util.apply_text_edits({ offered.items[1].textEdit }, rules, 'utf-16')
say('completed:%s', vim.api.nvim_buf_get_lines(rules, at - 1, at, false)[1])
vim.api.nvim_win_set_cursor(0, { at, 6 })
local explained = vim.lsp.buf_request_sync(rules, 'textDocument/hover', vim.lsp.util.make_position_params(0, 'utf-16'), 60000)
say('explained:\n%s', explained[client].result.contents.value)
vim.lsp.stop_client(client)
vim.cmd('qall!')
